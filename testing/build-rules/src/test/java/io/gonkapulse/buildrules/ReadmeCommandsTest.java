package io.gonkapulse.buildrules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the root README names exists. */
class ReadmeCommandsTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern LINK = Pattern.compile("(?:\\]\\(|src(?:set)?=\")(?!https?:)([^)\"#]+)");
    private static final Pattern PROFILE = Pattern.compile("\\./mvnw [^`\\n]*-P(\\w+)");
    private static final Pattern PROGRAM = Pattern.compile("dist/([\\w-]+)\\.jar");

    private final String readme = read("README.md");

    @Test
    void linksLeadToFiles() {
        assertThat(found(LINK))
                .hasSizeGreaterThan(20)
                .allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
    }

    @Test
    void profilesExist() {
        String pom = read("pom.xml");

        assertThat(found(PROFILE))
                .contains("quickstart")
                .allSatisfy(profile -> assertThat(pom).contains("<id>" + profile + "</id>"));
    }

    @Test
    void programsAreBuilt() {
        assertThat(found(PROGRAM))
                .isNotEmpty()
                .allSatisfy(program -> assertThat(modules())
                        .filteredOn(module -> module.endsWith(program))
                        .singleElement()
                        .satisfies(module -> assertThat(read(module + "/pom.xml"))
                                .contains("<artifactId>spring-boot-maven-plugin")));
    }

    private List<String> modules() {
        return Pattern.compile("<module>(.+?)</module>")
                .matcher(read("pom.xml"))
                .results()
                .map(module -> module.group(1))
                .toList();
    }

    private List<String> found(Pattern pattern) {
        Stream<MatchResult> matches = pattern.matcher(readme).results();
        return matches.map(match -> match.group(1)).distinct().toList();
    }

    private static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
