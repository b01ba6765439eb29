package io.gonkapulse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ComposeTest {

    private static final Pattern SECRET = Pattern.compile(".*(PASSWORD|SECRET|TOKEN|CREDENTIAL).*");
    private static final Pattern FROM_OUTSIDE = Pattern.compile("\\$\\{(\\w+)(:\\?.+|:-)?}");

    private static final String FILE = Yaml.text(Yaml.ROOT.resolve("docker-compose.yml"));
    private static final JsonObject COMPOSE = Yaml.one(Yaml.ROOT.resolve("docker-compose.yml"));
    private static final JsonObject SERVICES = COMPOSE.getAsJsonObject("services");

    @Test
    void theProductionShapeIsThere() {
        assertThat(SERVICES.keySet())
                .containsAll(Programs.SERVICES)
                .contains("kafka", "postgres", "migrations", "network");
        assertThat(profiles("network")).containsExactly("demo");
        assertThat(Stream.concat(Programs.SERVICES.stream(), Stream.of("kafka", "postgres", "migrations")))
                .allSatisfy(name -> assertThat(profiles(name)).as(name).isEmpty());
    }

    @Test
    void everyImageIsOfAProgramThatTheBuildMakes() {
        assertThat(built()).isNotEmpty().allSatisfy(name -> {
            String program = program(name);
            assertThat(Programs.inDist()).contains(program);
            assertThat(service(name).get("image").getAsString()).isEqualTo("gonka-pulse/" + program);
            assertThat(Yaml.at(service(name), "build", "args").get("PROGRAMS").getAsString())
                    .as("an older program that stands in dist/ is not taken unasked")
                    .isEqualTo("${PROGRAMS:-source}");
        });
    }

    @Test
    void theImagesAreBuiltFromWhatTheBuildNeeds() {
        List<String> context =
                Yaml.text(Yaml.ROOT.resolve(".dockerignore")).lines().toList();
        assertThat(Programs.modules())
                .allSatisfy(module -> assertThat(context).containsAnyOf("!" + module, "!" + module + "/pom.xml"));
    }

    @Test
    void whatAServiceNeedsIsThereBeforeItStarts() {
        assertThat(condition("migrations", "postgres")).isEqualTo("service_healthy");
        assertThat(Programs.SERVICES).allSatisfy(name -> {
            if (environment(name).containsKey("DB_HOST")) {
                assertThat(condition(name, "migrations")).as(name).isEqualTo("service_completed_successfully");
            }
            if (environment(name).containsKey("KAFKA_BOOTSTRAP_SERVERS")) {
                assertThat(condition(name, "kafka")).as(name).isEqualTo("service_healthy");
            }
        });
    }

    @Test
    void everyServerSaysWhetherItIsWell() {
        assertThat(Yaml.text(Yaml.ROOT.resolve("Dockerfile"))).contains("\nHEALTHCHECK ");
        assertThat(List.of("kafka", "postgres"))
                .allSatisfy(name -> assertThat(service(name).has("healthcheck")).isTrue());
        assertThat(Programs.SERVICES)
                .allSatisfy(name -> assertThat(service(name).has("healthcheck")).isFalse());
    }

    @Test
    void nothingIsWithoutLimits() {
        assertThat(SERVICES.keySet())
                .allSatisfy(name -> assertThat(service(name).keySet())
                        .as(name)
                        .contains("mem_limit", "cpus", "pids_limit", "logging"));
    }

    @Test
    void whatEndsUnaskedIsStartedAgain() {
        assertThat(SERVICES.keySet())
                .allSatisfy(name -> assertThat(service(name).get("restart").getAsString())
                        .as(name)
                        .isEqualTo(name.equals("migrations") ? "on-failure" : "unless-stopped"));
    }

    @Test
    void aProgramHasTheTimeToStopThatItTakesAtMost() {
        assertThat(built())
                .allSatisfy(name -> assertThat(
                                service(name).get("stop_grace_period").getAsString())
                        .as("longer than spring.lifecycle.timeout-per-shutdown-phase, twice")
                        .isEqualTo("40s"));
    }

    @Test
    void noProgramMayWriteOrBecomeMore() {
        assertThat(Yaml.text(Yaml.ROOT.resolve("Dockerfile"))).containsPattern("\nUSER [1-9]\\d*:[1-9]\\d*\n");
        assertThat(built()).allSatisfy(name -> {
            assertThat(service(name).get("read_only").getAsBoolean()).isTrue();
            assertThat(Yaml.strings(service(name), "cap_drop")).containsExactly("ALL");
            assertThat(Yaml.strings(service(name), "security_opt")).containsExactly("no-new-privileges:true");
        });
    }

    @Test
    void everySecretComesFromOutsideAndHasNoDefault() {
        Map<String, String> example = Yaml.text(Yaml.ROOT.resolve(".env.example"))
                .lines()
                .filter(line -> line.matches("\\w+=.*"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')), line -> line.substring(line.indexOf('=') + 1)));

        assertThat(SERVICES.keySet().stream()
                        .flatMap(name -> environment(name).entrySet().stream())
                        .filter(setting -> SECRET.matcher(setting.getKey()).matches()))
                .isNotEmpty()
                .allSatisfy(setting -> {
                    assertThat(setting.getValue()).matches(FROM_OUTSIDE);
                    String variable = FROM_OUTSIDE.matcher(setting.getValue()).replaceAll("$1");
                    assertThat(example).containsEntry(variable, "");
                    assertThat(FILE)
                            .as("refused when unset, by compose or by the container itself")
                            .containsAnyOf("${" + variable + ":?", "Set " + variable + " in .env");
                });
    }

    @Test
    void onlyTheApiIsReachedFromOtherMachines() {
        assertThat(SERVICES.keySet().stream()
                        .filter(name -> !name.equals("api-gateway"))
                        .flatMap(name -> Yaml.strings(service(name), "ports")))
                .allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
        assertThat(Yaml.strings(service("api-gateway"), "ports")).hasSize(1);
    }

    @Test
    void everyVolumeIsKeptUnderItsName() {
        Set<String> declared = COMPOSE.getAsJsonObject("volumes").keySet();
        assertThat(List.of("kafka", "postgres"))
                .allSatisfy(name -> assertThat(Yaml.strings(service(name), "volumes"))
                        .anySatisfy(volume -> assertThat(declared).contains(volume.replaceFirst(":.*", ""))));
    }

    @Test
    void everySettingIsOneThatTheProgramUnderstands() {
        assertThat(built())
                .allSatisfy(name -> assertThat(environment(name).keySet())
                        .allMatch(
                                setting -> Programs.understands(program(name), setting),
                                "a setting of " + program(name)));
        assertThat(Programs.SERVICES)
                .allSatisfy(name -> assertThat(environment(name).get("SERVER_PORT"))
                        .isEqualTo(String.valueOf(Programs.port(name))));
        assertThat(Yaml.text(Yaml.ROOT.resolve(".env.trackers.example"))
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.substring(0, line.indexOf('='))))
                .isNotEmpty()
                .allMatch(setting -> Programs.understands("tracker-poller", setting));
    }

    private static List<String> built() {
        return SERVICES.keySet().stream()
                .filter(name -> service(name).has("build"))
                .toList();
    }

    private static JsonObject service(String name) {
        return SERVICES.getAsJsonObject(name);
    }

    private static String program(String name) {
        return Yaml.at(service(name), "build", "args").get("PROGRAM").getAsString();
    }

    private static List<String> profiles(String name) {
        return Yaml.strings(service(name), "profiles").toList();
    }

    private static String condition(String name, String dependency) {
        return Yaml.at(service(name), "depends_on", dependency).get("condition").getAsString();
    }

    private static Map<String, String> environment(String name) {
        JsonObject settings =
                service(name).has("environment") ? service(name).getAsJsonObject("environment") : new JsonObject();
        return settings.asMap().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> text(entry.getValue())));
    }

    private static String text(JsonElement value) {
        // Numbers of YAML pass through a double.
        return value.getAsString().replaceFirst("\\.0$", "");
    }
}
