package io.gonkapulse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeTest {

    private static final Pattern SECRET = Pattern.compile(".*(PASSWORD|SECRET|TOKEN|CREDENTIAL).*");
    private static final Pattern VARIABLE_REFERENCE = Pattern.compile("\\$\\{(\\w+)(:\\?.+|:-)?}");

    private static final Pattern STAGE = Pattern.compile("(?=^FROM )", Pattern.MULTILINE);
    private static final Pattern BLOCK = Pattern.compile("^```\\R(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern KEYS_COMMAND =
            Pattern.compile("--volume \"\\$PWD/(\\w+):(/\\w+)\" api-gateway keys (\\w+) \\w+ --file ([/\\w]+)");

    private static final String DOCKERFILE = YamlFiles.readText(YamlFiles.ROOT.resolve("Dockerfile"));
    private static final String README = YamlFiles.readText(Path.of("README.md"));
    private static final String FILE = YamlFiles.readText(YamlFiles.ROOT.resolve("docker-compose.yml"));
    private static final JsonObject COMPOSE = YamlFiles.readOne(YamlFiles.ROOT.resolve("docker-compose.yml"));
    private static final JsonObject SERVICES = COMPOSE.getAsJsonObject("services");

    @Test
    void definesAllServices() {
        assertThat(SERVICES.keySet())
                .containsAll(ProgramCatalog.SERVICES)
                .contains("kafka", "postgres", "migrations", "network");
        assertThat(profiles("network")).containsExactly("demo");
        assertThat(profiles("job-recorder")).containsExactly("jobs");
        assertThat(Stream.concat(ProgramCatalog.CORE_SERVICES.stream(), Stream.of("kafka", "postgres", "migrations")))
                .allSatisfy(name -> assertThat(profiles(name)).as(name).isEmpty());
    }

    @Test
    void imagesMatchBuiltPrograms() {
        assertThat(builtServices()).isNotEmpty().allSatisfy(name -> {
            String program = programOf(name);
            assertThat(ProgramCatalog.distPrograms()).contains(program);
            assertThat(service(name).get("image").getAsString()).isEqualTo("gonka-pulse/" + program);
            assertThat(YamlFiles.objectAt(service(name), "build", "args")
                            .get("PROGRAMS")
                            .getAsString())
                    .as("an older program in dist/ is not used by default")
                    .isEqualTo("${PROGRAMS:-source}");
        });
    }

    @Test
    void buildContextHasAllModules() {
        List<String> context = YamlFiles.readText(YamlFiles.ROOT.resolve(".dockerignore"))
                .lines()
                .toList();
        assertThat(ProgramCatalog.modules())
                .allSatisfy(module -> assertThat(context).containsAnyOf("!" + module, "!" + module + "/pom.xml"));
    }

    /** The context has no tests, so declared dependencies of tests look unused there. */
    @Test
    void imageBuildSkipsChecksOfSources() {
        assertThat(DOCKERFILE).contains("-DskipTests -Dmdep.analyze.skip -Dspotless.check.skip package");
    }

    @Test
    void servicesWaitForDependencies() {
        assertThat(condition("migrations", "postgres")).isEqualTo("service_healthy");
        assertThat(ProgramCatalog.SERVICES).allSatisfy(name -> {
            if (environment(name).containsKey("DB_HOST")) {
                assertThat(condition(name, "migrations")).as(name).isEqualTo("service_completed_successfully");
            }
            if (environment(name).containsKey("KAFKA_BOOTSTRAP_SERVERS")) {
                assertThat(condition(name, "kafka")).as(name).isEqualTo("service_healthy");
            }
        });
    }

    @Test
    void migratesSchemaOfEveryService() {
        assertThat(environment("migrations")).containsEntry("MIGRATIONS_MODULES", "tracker,audit");
    }

    /** The initialisation of the database fails on an unset variable, and would leave a login without a password. */
    @Test
    void everyLoginHasPassword() {
        String script = YamlFiles.readText(Path.of("compose", "logins.sh"));
        Set<String> passwords = Pattern.compile("\\$(\\w+_PASSWORD)")
                .matcher(script)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());

        assertThat(passwords).isNotEmpty();
        assertThat(environment("postgres").keySet()).containsAll(passwords);
        assertThat(ProgramCatalog.SERVICES)
                .filteredOn(name -> environment(name).containsKey("DB_PASSWORD"))
                .allSatisfy(name -> {
                    assertThat(passwords).contains(name.toUpperCase(Locale.ROOT).replace('-', '_') + "_PASSWORD");
                    assertThat(script).contains("\ncreate role " + name.replace('-', '_') + " login password :'");
                });
    }

    @Test
    void serversHaveHealthChecks() {
        assertThat(DOCKERFILE).contains("\nHEALTHCHECK ");
        assertThat(List.of("kafka", "postgres"))
                .allSatisfy(name -> assertThat(service(name).has("healthcheck")).isTrue());
        assertThat(ProgramCatalog.SERVICES)
                .allSatisfy(name -> assertThat(service(name).has("healthcheck")).isFalse());
    }

    /** Docker before 25 rejects images and containers with a start interval; Compose 1.29 rejects the file. */
    @Test
    void healthChecksWorkOnEveryEngine() {
        assertThat(FILE.lines().filter(line -> !line.contains("#"))).noneMatch(line -> line.contains("start_interval"));
        assertThat(DOCKERFILE)
                .as("works on every engine: no start interval and no start period")
                .contains(
                        "\nHEALTHCHECK --interval=1s --timeout=20s --retries=10 CMD [\"/usr/local/bin/check-health\", \"8\"]\n");
        assertThat(List.of("kafka", "postgres", "network")).allSatisfy(name -> {
            JsonObject check = YamlFiles.objectAt(service(name), "healthcheck");
            assertThat(YamlFiles.strings(check, "test"))
                    .as("waits less than its timeout")
                    .startsWith("CMD", "timeout", "4");
            assertThat(YamlFiles.strings(check, "test")
                            .reduce((first, last) -> last)
                            .orElseThrow())
                    .startsWith("until ");
            assertThat(check.get("timeout").getAsString()).isEqualTo("10s");
            assertThat(check.get("interval").getAsString()).isEqualTo("2s");
            assertThat(check.has("start_period"))
                    .as("a start period without a start interval makes newer engines check every 5 s")
                    .isFalse();
        });
    }

    @Test
    void servicesHaveResourceLimits() {
        assertThat(SERVICES.keySet())
                .allSatisfy(name -> assertThat(service(name).keySet())
                        .as(name)
                        .contains("mem_limit", "cpus", "pids_limit", "logging"));
    }

    @Test
    void restartsFailedServices() {
        assertThat(SERVICES.keySet())
                .allSatisfy(name -> assertThat(service(name).get("restart").getAsString())
                        .as(name)
                        .isEqualTo(name.equals("migrations") ? "on-failure" : "unless-stopped"));
    }

    @Test
    void stopGracePeriodCoversShutdown() {
        assertThat(builtServices())
                .allSatisfy(name -> assertThat(
                                service(name).get("stop_grace_period").getAsString())
                        .as("twice spring.lifecycle.timeout-per-shutdown-phase")
                        .isEqualTo("40s"));
    }

    @Test
    void programsRunWithoutPrivileges() {
        assertThat(DOCKERFILE).containsPattern("\nUSER [1-9]\\d*:[1-9]\\d*\n");
        assertThat(builtServices()).allSatisfy(name -> {
            assertThat(service(name).get("read_only").getAsBoolean()).isTrue();
            assertThat(YamlFiles.strings(service(name), "cap_drop")).containsExactly("ALL");
            assertThat(YamlFiles.strings(service(name), "security_opt")).containsExactly("no-new-privileges:true");
        });
    }

    @Test
    void imageFilesBelongToRoot() {
        List<String> stages = STAGE.splitAsStream(DOCKERFILE).toList();
        assertThat(stages)
                .filteredOn(stage -> stage.contains("\nUSER "))
                .singleElement()
                .satisfies(stage -> assertThat(stage.indexOf("\nWORKDIR "))
                        .as("a folder created after USER belongs to that user")
                        .isPositive()
                        .isLessThan(stage.indexOf("\nUSER ")));
        String image = stages.get(stages.size() - 1);
        assertThat(image.lines().filter(line -> line.startsWith("COPY --from=")))
                .as("COPY --from keeps the owner unless --chown is given")
                .isNotEmpty()
                .allMatch(line -> line.contains(" --chown=0:0 "));
        assertThat(image)
                .as("the build fails on files that the user owns or can write")
                .containsPattern("RUN wrong=\\$\\(find / .*-uid 10001 .*find /app .*-writable.*\\R.*exit 1");
    }

    @Test
    void profilesComeFromEnvironmentFile() {
        Set<String> named =
                Set.of(environmentExample().getOrDefault("COMPOSE_PROFILES", "").split(","));
        Set<String> known = SERVICES.keySet().stream()
                .flatMap(name -> profiles(name).stream())
                .collect(Collectors.toSet());

        assertThat(known).containsAll(named);
        assertThat(named)
                .as("the example trackers are those of the simulated network")
                .contains("demo");
        assertThat(YamlFiles.readText(YamlFiles.ROOT.resolve(".env.trackers.example")))
                .contains("=http://network:");
        assertThat(documentation())
                .as("`docker compose down` ignores containers of profiles that --profile named")
                .noneMatch(text -> text.contains("--profile"));
    }

    @Test
    void keysCommandMountsWritableFolder() {
        JsonObject override = YamlFiles.parse(BLOCK.matcher(README)
                        .results()
                        .map(block -> block.group(1))
                        .filter(block -> block.startsWith("services:"))
                        .findFirst()
                        .orElseThrow())
                .findFirst()
                .orElseThrow()
                .getAsJsonObject();
        JsonObject gateway = YamlFiles.objectAt(override, "services", "api-gateway");
        String[] mount =
                YamlFiles.strings(gateway, "volumes").findFirst().orElseThrow().split(":");
        Path file = Path.of(YamlFiles.objectAt(gateway, "environment")
                .get("GATEWAY_KEYS_FILE")
                .getAsString());

        assertThat(mount).hasSize(3).endsWith("ro");
        assertThat(file.getParent()).isEqualTo(Path.of(mount[1]));
        assertThat(KEYS_COMMAND.matcher(README).results())
                .extracting(found -> found.group(3))
                .containsExactlyInAnyOrder("create", "revoke");
        assertThat(Stream.concat(Stream.of(README), documentation())
                        .flatMap(text -> KEYS_COMMAND.matcher(text).results()))
                .allSatisfy(found -> {
                    assertThat("./" + found.group(1)).isEqualTo(mount[0]);
                    assertThat(found.group(2))
                            .as("a mount at the service's path would stay read-only")
                            .isNotEqualTo(mount[1]);
                    assertThat(Path.of(found.group(4)))
                            .isEqualTo(Path.of(found.group(2)).resolve(file.getFileName()));
                });
    }

    @Test
    void secretsHaveNoDefaults() {
        Map<String, String> example = environmentExample();
        assertThat(SERVICES.keySet().stream()
                        .flatMap(name -> environment(name).entrySet().stream())
                        .filter(setting -> SECRET.matcher(setting.getKey()).matches()))
                .isNotEmpty()
                .allSatisfy(setting -> {
                    assertThat(setting.getValue()).matches(VARIABLE_REFERENCE);
                    String variable =
                            VARIABLE_REFERENCE.matcher(setting.getValue()).replaceAll("$1");
                    assertThat(example).containsEntry(variable, "");
                    assertThat(FILE)
                            .as("compose or the container rejects an unset variable")
                            .containsAnyOf("${" + variable + ":?", "Set " + variable + " in .env");
                });
    }

    @Test
    void exposesOnlyApi() {
        assertThat(SERVICES.keySet().stream()
                        .filter(name -> !name.equals("api-gateway"))
                        .flatMap(name -> YamlFiles.strings(service(name), "ports")))
                .allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
        assertThat(YamlFiles.strings(service("api-gateway"), "ports")).hasSize(1);
    }

    @Test
    void dataVolumesAreNamed() {
        Set<String> declared = COMPOSE.getAsJsonObject("volumes").keySet();
        assertThat(List.of("kafka", "postgres"))
                .allSatisfy(name -> assertThat(YamlFiles.strings(service(name), "volumes"))
                        .anySatisfy(volume -> assertThat(declared).contains(volume.replaceFirst(":.*", ""))));
    }

    @Test
    void usesOnlyKnownSettings() {
        assertThat(builtServices())
                .allSatisfy(name -> assertThat(environment(name).keySet())
                        .allMatch(
                                setting -> ProgramCatalog.isKnownSetting(programOf(name), setting),
                                "a setting of " + programOf(name)));
        assertThat(ProgramCatalog.SERVICES)
                .allSatisfy(name -> assertThat(environment(name).get("SERVER_PORT"))
                        .isEqualTo(String.valueOf(ProgramCatalog.port(name))));
    }

    @ParameterizedTest
    @ValueSource(strings = {".env.trackers.example", ".env.trackers.gonka.example"})
    void exampleTrackersAreValid(String file) {
        Map<String, String> settings = example(file);

        assertThat(settings.keySet())
                .isNotEmpty()
                .allMatch(setting -> ProgramCatalog.isKnownSetting("tracker-poller", setting));
        assertThat(settings.get("POLLER_TRACKERS_0_KIND"))
                .as("the tracker knows the health of nodes")
                .isEqualTo("gonka-tracker");
        assertThat(settings)
                .doesNotContainKey("POLLER_TRACKERS_0_LIVE")
                .containsEntry("POLLER_TRACKERS_1_KIND", "gonka-node")
                .containsEntry("POLLER_TRACKERS_1_LIVE", "false")
                .containsKeys("POLLER_TRACKERS_0_NAME", "POLLER_TRACKERS_1_NAME");
        assertThat(List.of(
                        settings.getOrDefault("POLLER_TRACKERS_0_URLS", ""),
                        settings.getOrDefault("POLLER_TRACKERS_1_URLS", "")))
                .allMatch(urls -> urls.matches("(https?://[\\w.-]+(:\\d+)?,?)+"));
    }

    @Test
    void demoProfileShowsSimulatedBadge() {
        assertThat(environment("api-gateway")).containsEntry("GATEWAY_SIMULATED", "${GATEWAY_SIMULATED:-false}");
        assertThat(environmentExample())
                .containsEntry("COMPOSE_PROFILES", "demo")
                .containsEntry("GATEWAY_SIMULATED", "true");
        assertThat(README).contains("s/^GATEWAY_SIMULATED=.*/GATEWAY_SIMULATED=false/");
    }

    private static Map<String, String> environmentExample() {
        return example(".env.example");
    }

    private static Map<String, String> example(String file) {
        return YamlFiles.readText(YamlFiles.ROOT.resolve(file))
                .lines()
                .filter(line -> line.matches("\\w+=.*"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')), line -> line.substring(line.indexOf('=') + 1)));
    }

    /** Pages and files that explain how to run the containers. */
    private static Stream<String> documentation() {
        try (Stream<Path> pages = Files.walk(YamlFiles.ROOT.resolve("docs"))) {
            List<Path> found =
                    pages.filter(page -> page.toString().endsWith(".md")).toList();
            return Stream.concat(
                            Stream.of(
                                            "README.md",
                                            "CONTRIBUTING.md",
                                            "deploy/README.md",
                                            "docker-compose.yml",
                                            ".env.example",
                                            ".env.trackers.example",
                                            ".env.trackers.gonka.example")
                                    .map(YamlFiles.ROOT::resolve),
                            found.stream())
                    .map(YamlFiles::readText);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> builtServices() {
        return SERVICES.keySet().stream()
                .filter(name -> service(name).has("build"))
                .toList();
    }

    private static JsonObject service(String name) {
        return SERVICES.getAsJsonObject(name);
    }

    private static String programOf(String name) {
        return YamlFiles.objectAt(service(name), "build", "args").get("PROGRAM").getAsString();
    }

    private static List<String> profiles(String name) {
        return YamlFiles.strings(service(name), "profiles").toList();
    }

    private static String condition(String name, String dependency) {
        return YamlFiles.objectAt(service(name), "depends_on", dependency)
                .get("condition")
                .getAsString();
    }

    private static Map<String, String> environment(String name) {
        JsonObject settings =
                service(name).has("environment") ? service(name).getAsJsonObject("environment") : new JsonObject();
        return settings.asMap().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> text(entry.getValue())));
    }

    private static String text(JsonElement value) {
        // Gson converts YAML numbers to doubles.
        return value.getAsString().replaceFirst("\\.0$", "");
    }
}
