package io.gonkapulse.servicekit.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalogue, the code that registers meters, and the documents must agree. */
class MeterCatalogueTest {

    /** Modules whose code registers meters of a service. */
    private static final Map<String, List<String>> MODULES = Map.of(
            "tracker-poller", List.of("tracker-poller"),
            "stats-writer", List.of("stats-writer", "libs/worker-core"),
            "earnings-aggregator", List.of("earnings-aggregator", "libs/worker-core"),
            "job-recorder", List.of("jobs/recorder", "libs/worker-core"),
            "api-gateway", List.of("api-gateway"));

    private static final Pattern NAMED_IN_PLACE =
            Pattern.compile("(?:Counter|Timer|Gauge|MultiGauge|DistributionSummary)\\s*\\.builder\\(\\s*\"[^\"]*\""
                    + "|\\.(?:counter|timer|gauge|summary)\\(\\s*\"[^\"]*\\.[^\"]*\"");
    private static final Pattern IN_A_TABLE = Pattern.compile("^\\| `([a-z.]+)`", Pattern.MULTILINE);

    @Test
    void metersPageMatchesCatalogue() throws IOException {
        Path printed = Path.of("target", "meters.md");
        Files.createDirectories(printed.getParent());
        Files.writeString(printed, MeterPagePrinter.print());

        assertThat(RepositoryFiles.text("docs/meters.md"))
                .as("docs/meters.md; copy libs/service-kit/target/meters.md over it")
                .isEqualTo(MeterPagePrinter.print());
    }

    @Test
    void namesAreUnique() {
        assertThat(Arrays.stream(PulseMeter.values()).map(PulseMeter::id)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tracker-poller", "stats-writer", "earnings-aggregator", "job-recorder", "api-gateway"})
    void serviceRegistersExactlyItsMeters(String service) {
        Set<String> registered = new TreeSet<>();
        for (String module : MODULES.getOrDefault(service, List.of())) {
            for (String source : RepositoryFiles.sources(module)) {
                assertThat(NAMED_IN_PLACE.matcher(source).results().map(match -> match.group()))
                        .as("meters registered by a literal name instead of the catalogue")
                        .isEmpty();
                Matcher named = Pattern.compile("\\bPulseMeter\\.([A-Z_]+)\\b").matcher(source);
                while (named.find()) {
                    registered.add(PulseMeter.valueOf(named.group(1)).id());
                }
            }
        }
        assertThat(registered).isEqualTo(metersOf(service));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tracker-poller", "stats-writer", "earnings-aggregator", "job-recorder", "api-gateway"})
    void readmeListsExactlyItsMeters(String service) {
        Set<String> documented = new TreeSet<>();
        for (String module : MODULES.getOrDefault(service, List.of())) {
            String readme = RepositoryFiles.text(module + "/README.md");
            int begin = readme.indexOf("## Meters");
            Matcher rows = IN_A_TABLE.matcher(readme.substring(begin, readme.indexOf("\n## ", begin)));
            while (rows.find()) {
                documented.add(rows.group(1));
            }
        }
        documented.removeIf(name -> !name.startsWith("gonkapulse."));
        assertThat(documented).isEqualTo(metersOf(service));
    }

    private static Set<String> metersOf(String service) {
        return Arrays.stream(PulseMeter.values())
                .filter(PulseMeter::isOwnMeter)
                .filter(meter -> meter.services().contains(service))
                .map(PulseMeter::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
