package io.gonkapulse.quickstart.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks the licences in the bill of materials of each program. */
class LicenceComplianceTest {

    private static final JsonMapper JSON = new JsonMapper();

    /** Licences compatible with Apache-2.0. For a component with several, one is enough. */
    private static final Set<String> PERMITTED = Set.of(
            "Apache-2.0",
            "MIT",
            "MIT-0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "EPL-1.0",
            "EPL-2.0",
            "CC0-1.0",
            "0BSD",
            // BSD-3-Clause under another name.
            "Go License");

    /** Bills of materials by program. */
    private static Map<String, JsonNode> bills() throws IOException {
        Map<String, JsonNode> bills = new TreeMap<>();
        List<URL> files = Collections.list(
                LicenceComplianceTest.class.getClassLoader().getResources("META-INF/sbom/application.cdx.json"));
        for (URL file : files) {
            try (InputStream json = file.openStream()) {
                JsonNode bill = JSON.readTree(json);
                bills.put(bill.at("/metadata/component/name").asString(), bill);
            }
        }
        return bills;
    }

    @Test
    @Tag("process")
    void programsUsePermittedLicences() throws IOException {
        Map<String, JsonNode> bills = bills();

        assertThat(bills)
                .containsKeys(
                        "migrations",
                        "tracker-poller",
                        "stats-writer",
                        "earnings-aggregator",
                        "job-recorder",
                        "job-reporter",
                        "api-gateway",
                        "quickstart");
        bills.forEach((program, bill) -> {
            // The smallest program, jobs, has nine: an empty list would permit everything.
            assertThat(bill.get("components").size()).as(program).isGreaterThanOrEqualTo(9);
            assertThat(findForbidden(bill)).as(program).isEmpty();
        });
    }

    @Test
    void reportsForbiddenLicences() {
        JsonNode bill = JSON.readTree("""
                {"components": [
                  {"group": "a", "name": "good", "licenses": [{"license": {"id": "AGPL-3.0-only"}}, {"license": {"id": "MIT"}}]},
                  {"group": "a", "name": "strict", "version": "1", "licenses": [{"license": {"id": "AGPL-3.0-only"}}]},
                  {"group": "a", "name": "silent", "version": "2"},
                  {"group": "a", "name": "choice", "licenses": [{"expression": "GPL-2.0-only OR EPL-2.0"}]}
                ]}
                """);

        assertThat(findForbidden(bill)).containsExactly("a:strict:1 [AGPL-3.0-only]", "a:silent:2 []");
    }

    private static List<String> findForbidden(JsonNode bill) {
        return bill.get("components")
                .valueStream()
                .filter(part -> licences(part).noneMatch(PERMITTED::contains))
                .map(part -> String.join(
                                ":",
                                part.path("group").asString(""),
                                part.path("name").asString(""),
                                part.path("version").asString(""))
                        + " " + licences(part).toList())
                .toList();
    }

    private static Stream<String> licences(JsonNode part) {
        return part.path("licenses").valueStream().flatMap(LicenceComplianceTest::names);
    }

    private static Stream<String> names(JsonNode licence) {
        if (licence.has("expression")) {
            return Stream.of(licence.get("expression").asString().split(" OR ", -1));
        }
        JsonNode one = licence.path("license");
        return Stream.of(one.path("id").asString(one.path("name").asString("")));
    }
}
