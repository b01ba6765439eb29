package io.gonkapulse.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The programs of the build and their settings. */
final class ProgramCatalog {

    static final Set<String> SERVICES = Set.of("tracker-poller", "stats-writer", "earnings-aggregator", "api-gateway");

    private static final Pattern MODULE = Pattern.compile("<module>(.+?)</module>");
    private static final Pattern SETTING = Pattern.compile("`([A-Z][A-Z0-9_]+)`");
    private static final Pattern TRACKER_NUMBER = Pattern.compile("(?<=^POLLER_TRACKERS_)\\d+");

    private ProgramCatalog() {}

    static List<String> modules() {
        return MODULE.matcher(YamlFiles.readText(YamlFiles.ROOT.resolve("pom.xml")))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** Names of the programs in {@code dist}. */
    static Set<String> distPrograms() {
        return modules().stream()
                .filter(module -> YamlFiles.readText(YamlFiles.ROOT.resolve(Path.of(module, "pom.xml")))
                        .contains("<artifactId>spring-boot-maven-plugin</artifactId>"))
                .map(module -> module.substring(module.lastIndexOf('/') + 1))
                .collect(Collectors.toSet());
    }

    /** Whether the READMEs name this setting; tests of each module compare them with the code. */
    static boolean isKnownSetting(String program, String setting) {
        Set<String> named = Stream.of("libs/service-kit", "libs/worker-core", program)
                .flatMap(module -> settings(YamlFiles.ROOT.resolve(Path.of(module, "README.md"))))
                .collect(Collectors.toSet());
        return named.contains(TRACKER_NUMBER.matcher(setting).replaceFirst("N"));
    }

    static int port(String service) {
        return YamlFiles.readOne(
                        YamlFiles.ROOT.resolve(Path.of(service, "src", "main", "resources", service + ".yaml")))
                .getAsJsonObject("server")
                .get("port")
                .getAsInt();
    }

    private static Stream<String> settings(Path readme) {
        return SETTING.matcher(YamlFiles.readText(readme)).results().map((MatchResult found) -> found.group(1));
    }
}
