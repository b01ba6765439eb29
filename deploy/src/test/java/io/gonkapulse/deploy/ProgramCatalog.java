package io.gonkapulse.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The programs of the build and their settings. */
final class ProgramCatalog {

    /** Services that always run. */
    static final Set<String> CORE_SERVICES =
            Set.of("tracker-poller", "stats-writer", "earnings-aggregator", "api-gateway");

    static final Set<String> SERVICES =
            Set.of("tracker-poller", "stats-writer", "earnings-aggregator", "job-recorder", "api-gateway");

    private static final Pattern MODULE = Pattern.compile("<module>(.+?)</module>");
    private static final Pattern ARTIFACT =
            Pattern.compile("</parent>\\s*<artifactId>(.+?)</artifactId>", Pattern.DOTALL);
    private static final Pattern FINAL_NAME = Pattern.compile("<finalName>(.+?)</finalName>");
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
        return programModules().keySet();
    }

    /** The folder of a program's module. */
    static Path moduleOf(String program) {
        String module = programModules().get(program);
        if (module == null) {
            throw new AssertionError("expected a program in " + distPrograms() + ", got " + program);
        }
        return YamlFiles.ROOT.resolve(module);
    }

    private static Map<String, String> programModules() {
        return modules().stream()
                .filter(module -> pom(module).contains("<artifactId>spring-boot-maven-plugin</artifactId>"))
                .collect(Collectors.toMap(ProgramCatalog::programOf, module -> module));
    }

    private static String programOf(String module) {
        return Stream.of(FINAL_NAME, ARTIFACT)
                .flatMap(pattern -> pattern.matcher(pom(module)).results())
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static String pom(String module) {
        return YamlFiles.readText(YamlFiles.ROOT.resolve(Path.of(module, "pom.xml")));
    }

    /** Whether the READMEs name this setting; tests of each module compare them with the code. */
    static boolean isKnownSetting(String program, String setting) {
        Set<String> named = Stream.of(
                        YamlFiles.ROOT.resolve("libs/service-kit"),
                        YamlFiles.ROOT.resolve("libs/worker-core"),
                        moduleOf(program))
                .flatMap(module -> settings(module.resolve("README.md")))
                .collect(Collectors.toSet());
        return named.contains(TRACKER_NUMBER.matcher(setting).replaceFirst("N"));
    }

    static int port(String service) {
        return YamlFiles.readOne(moduleOf(service).resolve(Path.of("src", "main", "resources", service + ".yaml")))
                .getAsJsonObject("server")
                .get("port")
                .getAsInt();
    }

    private static Stream<String> settings(Path readme) {
        return SETTING.matcher(YamlFiles.readText(readme)).results().map((MatchResult found) -> found.group(1));
    }
}
