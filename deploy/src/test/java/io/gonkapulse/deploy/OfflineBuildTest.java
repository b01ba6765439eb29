package io.gonkapulse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code ./mvnw -Pfetch} must download everything, so that every command works offline afterwards. */
class OfflineBuildTest {

    private static final Pattern PROFILE = Pattern.compile("<profile>.*?<id>(.+?)</id>(.*?)</profile>", Pattern.DOTALL);
    private static final Pattern PLUGIN = Pattern.compile("<artifactId>([a-z-]+-plugin)</artifactId>");
    private static final Pattern CI_PLUGIN = Pattern.compile("([a-z-]+-plugin):");

    @Test
    void fetchesPluginsOfProfilesAndCi() {
        Set<String> fetched = plugins("fetch"::equals);

        assertThat(fetched).contains("maven-clean-plugin", "maven-install-plugin");
        // The profile runs the whole build, which uses them.
        fetched.addAll(Set.of("maven-surefire-plugin", "maven-jar-plugin", "spring-boot-maven-plugin"));
        assertThat(plugins(id -> !id.equals("fetch"))).isNotEmpty().isSubsetOf(fetched);
        assertThat(CI_PLUGIN
                        .matcher(YamlFiles.readText(YamlFiles.ROOT.resolve(".ci/run")))
                        .results())
                .extracting(found -> found.group(1))
                .isNotEmpty()
                .isSubsetOf(fetched);
    }

    @Test
    void nestedMavenSharesLocalRepository() {
        assertThat(poms().flatMap(pom -> Pattern.compile("<commandlineArgs>(.+?)</commandlineArgs>")
                                .matcher(pom)
                                .results())
                        .map(found -> found.group(1))
                        .filter(arguments -> arguments.contains("pom.xml")))
                .isNotEmpty()
                .allMatch(arguments -> arguments.contains("-Dmaven.repo.local=${settings.localRepository}"));
    }

    @Test
    void contributingNamesFetchCommand() {
        assertThat(YamlFiles.readText(YamlFiles.ROOT.resolve("CONTRIBUTING.md")))
                .contains("`./mvnw -Pfetch`");
    }

    private static Set<String> plugins(Predicate<String> profile) {
        return poms().flatMap(pom -> PROFILE.matcher(pom).results())
                .filter(found -> profile.test(found.group(1)))
                .flatMap(found -> PLUGIN.matcher(found.group(2)).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Stream<String> poms() {
        return Stream.concat(Stream.of("."), ProgramCatalog.modules().stream())
                .map(module -> YamlFiles.readText(YamlFiles.ROOT.resolve(Path.of(module, "pom.xml"))));
    }
}
