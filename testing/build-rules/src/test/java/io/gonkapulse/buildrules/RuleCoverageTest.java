package io.gonkapulse.buildrules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RuleCoverageTest {

    @Test
    void everyModuleDependsOnBuildRules() throws IOException {
        String root = Files.readString(Path.of("..", "..", "pom.xml"));

        assertThat(Pattern.compile("<module>(.+?)</module>")
                        .matcher(root)
                        .results()
                        .map(found -> found.group(1)))
                .contains("testing/build-rules", "libs/contracts")
                .filteredOn(module -> !module.equals("testing/build-rules"))
                .allSatisfy(module -> assertThat(Path.of("..", "..", module, "pom.xml"))
                        .content()
                        .contains("<artifactId>build-rules</artifactId>"));
    }
}
