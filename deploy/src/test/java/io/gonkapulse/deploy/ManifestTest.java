package io.gonkapulse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.gonkapulse.contracts.Topic;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the schema of the API cannot know: whether the manifests fit each other and the programs. */
class ManifestTest {

    private static final String NAME = "app.kubernetes.io/name";

    @Test
    void everyServiceIsDeployedAndTheJobToo() {
        assertThat(Manifests.of("Deployment").map(Manifests::name))
                .containsExactlyInAnyOrderElementsOf(Programs.SERVICES);
        assertThat(workloads()).allSatisfy(workload -> {
            String program = Manifests.name(workload);
            assertThat(Programs.inDist()).contains(program);
            assertThat(Manifests.container(workload).get("image").getAsString()).isEqualTo("gonka-pulse/" + program);
        });
    }

    @Test
    void everySettingIsOneThatTheProgramUnderstands() {
        assertThat(workloads())
                .allSatisfy(workload ->
                        assertThat(settings(workload)).isNotEmpty().allMatch(understoodBy(Manifests.name(workload))));
        assertThat(Yaml.at(Manifests.named("ConfigMap", "trackers"), "data").keySet())
                .isNotEmpty()
                .allMatch(understoodBy("tracker-poller"));
    }

    @Test
    void whatIsReferredToIsThere() {
        assertThat(workloads().flatMap(workload -> references(workload, "configMapKeyRef")))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                Yaml.at(Manifests.named("ConfigMap", text(reference, "name")), "data")
                                        .keySet())
                        .contains(text(reference, "key")));
        assertThat(workloads().flatMap(ManifestTest::sources).filter(source -> !source.has("optional")))
                .isNotEmpty()
                .allSatisfy(source -> assertThat(Manifests.of("ConfigMap").map(Manifests::name))
                        .contains(text(source, "name")));
    }

    @Test
    void everyProgramTakesSettingsAndSecretsOfItsOwn() {
        assertThat(workloads())
                .allSatisfy(workload -> assertThat(sources(workload)
                                .filter(source -> source.has("optional"))
                                .map(source -> text(source, "name")))
                        .containsExactly(Manifests.name(workload), Manifests.name(workload)));
    }

    @Test
    void whoJudgesFreshnessJudgesByTheSameTime() {
        assertThat(List.of("stats-writer", "api-gateway"))
                .allSatisfy(name -> assertThat(settings(Manifests.named("Deployment", name)))
                        .contains("STATS_TTL"));
    }

    @Test
    void everyProgramHasASecretOfItsOwnWhichTheReadmeNames() {
        String readme = Yaml.text(Path.of("README.md"));
        assertThat(workloads()).allSatisfy(workload -> {
            Set<String> secrets = references(workload, "secretKeyRef")
                    .map(reference -> text(reference, "name"))
                    .collect(Collectors.toSet());
            boolean usesDatabase = settings(workload).contains("DB_PASSWORD");
            assertThat(secrets).isEqualTo(usesDatabase ? Set.of(Manifests.name(workload) + "-database") : Set.of());
            assertThat(secrets).allSatisfy(secret -> assertThat(readme).contains('`' + secret + '`'));
            assertThat(references(workload, "secretKeyRef").map(reference -> text(reference, "key")))
                    .isSubsetOf("username", "password");
        });
        assertThat(Manifests.of("Secret")).isEmpty();
    }

    @Test
    void probesAskWhatTheProgramsAnswer() {
        assertThat(Manifests.of("Deployment")).allSatisfy(deployment -> {
            JsonObject container = Manifests.container(deployment);
            JsonObject port = Yaml.objects(container, "ports").findFirst().orElseThrow();
            assertThat(port.get("containerPort").getAsInt()).isEqualTo(Programs.port(Manifests.name(deployment)));
            assertThat(setting(container, "SERVER_PORT"))
                    .isEqualTo(String.valueOf(Programs.port(Manifests.name(deployment))));
            assertThat(probe(container, "startupProbe", port)).isEqualTo("/actuator/health/liveness");
            assertThat(probe(container, "livenessProbe", port)).isEqualTo("/actuator/health/liveness");
            assertThat(probe(container, "readinessProbe", port)).isEqualTo("/actuator/health/readiness");
        });
    }

    @Test
    void selectorsFindThePods() {
        assertThat(Manifests.of("Deployment")).allSatisfy(deployment -> {
            String name = Manifests.name(deployment);
            assertThat(text(Yaml.at(deployment, "spec", "template", "metadata", "labels"), NAME))
                    .isEqualTo(name);
            assertThat(text(Yaml.at(deployment, "spec", "selector", "matchLabels"), NAME))
                    .isEqualTo(name);
            JsonObject budget = Yaml.at(Manifests.named("PodDisruptionBudget", name), "spec");
            assertThat(text(Yaml.at(budget, "selector", "matchLabels"), NAME)).isEqualTo(name);
        });
        assertThat(text(Yaml.at(Manifests.named("Service", "api-gateway"), "spec", "selector"), NAME))
                .isEqualTo("api-gateway");
    }

    @Test
    void noProgramMayWriteOrBecomeMore() {
        assertThat(workloads()).allSatisfy(workload -> {
            JsonObject pod = Yaml.at(Manifests.pod(workload), "securityContext");
            JsonObject container = Yaml.at(Manifests.container(workload), "securityContext");
            assertThat(pod.get("runAsNonRoot").getAsBoolean()).isTrue();
            assertThat(container.get("readOnlyRootFilesystem").getAsBoolean()).isTrue();
            assertThat(container.get("allowPrivilegeEscalation").getAsBoolean()).isFalse();
            assertThat(Yaml.strings(Yaml.at(container, "capabilities"), "drop")).containsExactly("ALL");
            assertThat(Yaml.at(Manifests.container(workload), "resources", "limits")
                            .has("memory"))
                    .isTrue();
        });
    }

    @Test
    void theJobCanComeBeforeTheServices() {
        assertThat(resources("schema")).contains("migrations.yaml", "settings.yaml");
        assertThat(resources("services"))
                .containsExactlyInAnyOrderElementsOf(Programs.SERVICES.stream()
                        .map(service -> service + ".yaml")
                        .toList());
        assertThat(resources(".")).containsExactly("schema", "services");
    }

    @Test
    void everyFileIsPartOfAKustomization() {
        assertThat(Manifests.files().filter(file -> !file.endsWith("kustomization.yaml")))
                .containsExactlyInAnyOrderElementsOf(Stream.of("schema", "services", "autoscaled")
                        .flatMap(folder -> resources(folder).stream()
                                .filter(resource -> resource.endsWith(".yaml"))
                                .map(resource -> Manifests.ROOT.resolve(Path.of(folder, resource))))
                        .toList());
    }

    @Test
    void consumersAreScaledByTheLagOfTheirOwnGroupAndNotBeyondThePartitions() {
        assertThat(Manifests.of("ScaledObject").map(Manifests::name))
                .containsExactlyInAnyOrder("stats-writer", "earnings-aggregator");
        assertThat(Manifests.of("ScaledObject")).allSatisfy(scaled -> {
            String name = Manifests.name(scaled);
            JsonObject deployment = Manifests.named("Deployment", name);
            JsonObject spec = Yaml.at(scaled, "spec");
            JsonObject lag = Yaml.objects(spec, "triggers")
                    .map(trigger -> Yaml.at(trigger, "metadata"))
                    .findFirst()
                    .orElseThrow();
            assertThat(text(Yaml.at(spec, "scaleTargetRef"), "name")).isEqualTo(name);
            assertThat(text(lag, "consumerGroup")).isEqualTo(name);
            assertThat(text(lag, "topic")).isEqualTo(Topic.SNAPSHOTS.name());
            assertThat(settings(deployment)).contains(text(lag, "bootstrapServersFromEnv"));
            assertThat(spec.get("maxReplicaCount").getAsInt() * 2).isEqualTo(Topic.SNAPSHOTS.partitions());
        });
        assertThat(Manifests.named("HorizontalPodAutoscaler", "api-gateway")).isNotNull();
    }

    private static Stream<JsonObject> workloads() {
        return Stream.concat(Manifests.of("Deployment"), Manifests.of("Job"));
    }

    private static Predicate<String> understoodBy(String program) {
        return setting -> Programs.understands(program, setting);
    }

    private static List<String> settings(JsonObject workload) {
        return Yaml.objects(Manifests.container(workload), "env")
                .map(setting -> text(setting, "name"))
                .toList();
    }

    private static String setting(JsonObject container, String name) {
        return Yaml.objects(container, "env")
                .filter(setting -> text(setting, "name").equals(name))
                .map(setting -> text(setting, "value"))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<JsonObject> references(JsonObject workload, String kind) {
        return Yaml.objects(Manifests.container(workload), "env")
                .filter(setting -> setting.has("valueFrom"))
                .map(setting -> setting.getAsJsonObject("valueFrom"))
                .filter(source -> source.has(kind))
                .map(source -> source.getAsJsonObject(kind));
    }

    private static Stream<JsonObject> sources(JsonObject workload) {
        return Yaml.objects(Manifests.container(workload), "envFrom")
                .flatMap(source -> Stream.of("configMapRef", "secretRef")
                        .filter(source::has)
                        .map(source::getAsJsonObject));
    }

    private static String probe(JsonObject container, String probe, JsonObject port) {
        JsonObject asked = Yaml.at(container, probe, "httpGet");
        assertThat(text(asked, "port")).isEqualTo(text(port, "name"));
        return text(asked, "path");
    }

    private static List<String> resources(String folder) {
        return Yaml.strings(Yaml.one(Manifests.ROOT.resolve(folder).resolve("kustomization.yaml")), "resources")
                .toList();
    }

    private static String text(JsonObject object, String key) {
        return object.get(key).getAsString();
    }
}
