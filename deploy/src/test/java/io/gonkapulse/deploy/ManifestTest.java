package io.gonkapulse.deploy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.gonkapulse.contracts.KafkaTopic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks what a schema cannot: that manifests match each other and the programs. */
class ManifestTest {

    private static final String NAME = "app.kubernetes.io/name";

    /** The topic whose lag scales a consumer. */
    private static final Map<String, KafkaTopic> SCALED = Map.of(
            "stats-writer", KafkaTopic.SNAPSHOTS,
            "earnings-aggregator", KafkaTopic.SNAPSHOTS,
            "job-recorder", KafkaTopic.JOB_EVENTS);

    @Test
    void deploysServicesAndMigrationsJob() {
        assertThat(ManifestFiles.ofKind("Deployment").map(ManifestFiles::name))
                .containsExactlyInAnyOrderElementsOf(ProgramCatalog.SERVICES);
        assertThat(workloads()).allSatisfy(workload -> {
            String program = ManifestFiles.name(workload);
            assertThat(ProgramCatalog.distPrograms()).contains(program);
            assertThat(ManifestFiles.container(workload).get("image").getAsString())
                    .isEqualTo("gonka-pulse/" + program);
        });
    }

    @Test
    void usesOnlyKnownSettings() {
        assertThat(workloads())
                .allSatisfy(workload ->
                        assertThat(settings(workload)).isNotEmpty().allMatch(knownTo(ManifestFiles.name(workload))));
        assertThat(YamlFiles.objectAt(ManifestFiles.find("ConfigMap", "trackers"), "data")
                        .keySet())
                .isNotEmpty()
                .allMatch(knownTo("tracker-poller"));
    }

    @Test
    void referencedConfigMapsExist() {
        assertThat(workloads().flatMap(workload -> references(workload, "configMapKeyRef")))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                YamlFiles.objectAt(ManifestFiles.find("ConfigMap", text(reference, "name")), "data")
                                        .keySet())
                        .contains(text(reference, "key")));
        assertThat(workloads().flatMap(ManifestTest::sources).filter(source -> !source.has("optional")))
                .isNotEmpty()
                .allSatisfy(
                        source -> assertThat(ManifestFiles.ofKind("ConfigMap").map(ManifestFiles::name))
                                .contains(text(source, "name")));
    }

    @Test
    void migratesSchemaOfEveryService() {
        assertThat(setting(ManifestFiles.container(ManifestFiles.find("Job", "migrations")), "MIGRATIONS_MODULES"))
                .isEqualTo("tracker,audit");
    }

    @Test
    void programsReadOwnSettingsAndSecrets() {
        assertThat(workloads())
                .allSatisfy(workload -> assertThat(sources(workload)
                                .filter(source -> source.has("optional"))
                                .map(source -> text(source, "name")))
                        .containsExactly(ManifestFiles.name(workload), ManifestFiles.name(workload)));
    }

    @Test
    void servicesShareStatsTtl() {
        assertThat(List.of("stats-writer", "api-gateway"))
                .allSatisfy(name -> assertThat(settings(ManifestFiles.find("Deployment", name)))
                        .contains("STATS_TTL"));
    }

    @Test
    void readmeNamesEverySecret() {
        String readme = YamlFiles.readText(ManifestFiles.ROOT.resolve("README.md"));
        assertThat(workloads()).allSatisfy(workload -> {
            Set<String> secrets = references(workload, "secretKeyRef")
                    .map(reference -> text(reference, "name"))
                    .collect(Collectors.toSet());
            boolean usesDatabase = settings(workload).contains("DB_PASSWORD");
            assertThat(secrets).isEqualTo(usesDatabase ? Set.of(ManifestFiles.name(workload) + "-database") : Set.of());
            assertThat(secrets).allSatisfy(secret -> assertThat(readme).contains('`' + secret + '`'));
            assertThat(references(workload, "secretKeyRef").map(reference -> text(reference, "key")))
                    .isSubsetOf("username", "password");
        });
        assertThat(ManifestFiles.ofKind("Secret")).isEmpty();
    }

    @Test
    void probesUseHealthEndpoints() {
        assertThat(ManifestFiles.ofKind("Deployment")).allSatisfy(deployment -> {
            JsonObject container = ManifestFiles.container(deployment);
            JsonObject port = YamlFiles.objects(container, "ports").findFirst().orElseThrow();
            assertThat(port.get("containerPort").getAsInt())
                    .isEqualTo(ProgramCatalog.port(ManifestFiles.name(deployment)));
            assertThat(setting(container, "SERVER_PORT"))
                    .isEqualTo(String.valueOf(ProgramCatalog.port(ManifestFiles.name(deployment))));
            assertThat(probe(container, "startupProbe", port)).isEqualTo("/actuator/health/liveness");
            assertThat(probe(container, "livenessProbe", port)).isEqualTo("/actuator/health/liveness");
            assertThat(probe(container, "readinessProbe", port)).isEqualTo("/actuator/health/readiness");
        });
    }

    @Test
    void selectorsMatchPods() {
        assertThat(ManifestFiles.ofKind("Deployment")).allSatisfy(deployment -> {
            String name = ManifestFiles.name(deployment);
            assertThat(text(YamlFiles.objectAt(deployment, "spec", "template", "metadata", "labels"), NAME))
                    .isEqualTo(name);
            assertThat(text(YamlFiles.objectAt(deployment, "spec", "selector", "matchLabels"), NAME))
                    .isEqualTo(name);
            JsonObject budget = YamlFiles.objectAt(ManifestFiles.find("PodDisruptionBudget", name), "spec");
            assertThat(text(YamlFiles.objectAt(budget, "selector", "matchLabels"), NAME))
                    .isEqualTo(name);
        });
        assertThat(List.of("api-gateway", "job-recorder"))
                .allSatisfy(name -> assertThat(
                                text(YamlFiles.objectAt(ManifestFiles.find("Service", name), "spec", "selector"), NAME))
                        .isEqualTo(name));
    }

    @Test
    void programsRunWithoutPrivileges() {
        assertThat(workloads()).allSatisfy(workload -> {
            JsonObject pod = YamlFiles.objectAt(ManifestFiles.pod(workload), "securityContext");
            JsonObject container = YamlFiles.objectAt(ManifestFiles.container(workload), "securityContext");
            assertThat(pod.get("runAsNonRoot").getAsBoolean()).isTrue();
            assertThat(container.get("readOnlyRootFilesystem").getAsBoolean()).isTrue();
            assertThat(container.get("allowPrivilegeEscalation").getAsBoolean()).isFalse();
            assertThat(YamlFiles.strings(YamlFiles.objectAt(container, "capabilities"), "drop"))
                    .containsExactly("ALL");
            assertThat(YamlFiles.objectAt(ManifestFiles.container(workload), "resources", "limits")
                            .has("memory"))
                    .isTrue();
        });
    }

    @Test
    void schemaAndServicesDeploySeparately() {
        assertThat(resources("schema")).contains("migrations.yaml", "settings.yaml");
        assertThat(resources("services"))
                .containsExactlyInAnyOrderElementsOf(ProgramCatalog.SERVICES.stream()
                        .map(service -> service + ".yaml")
                        .toList());
        assertThat(resources(".")).containsExactly("schema", "services");
    }

    @Test
    void kustomizationsListEveryFile() {
        assertThat(ManifestFiles.files().filter(file -> !file.endsWith("kustomization.yaml")))
                .containsExactlyInAnyOrderElementsOf(Stream.of("schema", "services", "autoscaled")
                        .flatMap(folder -> resources(folder).stream()
                                .filter(resource -> resource.endsWith(".yaml"))
                                .map(resource -> ManifestFiles.ROOT.resolve(Path.of(folder, resource))))
                        .toList());
    }

    @Test
    void scalesConsumersByLagUpToPartitions() {
        assertThat(ManifestFiles.ofKind("ScaledObject").map(ManifestFiles::name))
                .containsExactlyInAnyOrderElementsOf(SCALED.keySet());
        assertThat(ManifestFiles.ofKind("ScaledObject")).allSatisfy(scaled -> {
            String name = ManifestFiles.name(scaled);
            JsonObject deployment = ManifestFiles.find("Deployment", name);
            JsonObject spec = YamlFiles.objectAt(scaled, "spec");
            JsonObject lag = YamlFiles.objects(spec, "triggers")
                    .map(trigger -> YamlFiles.objectAt(trigger, "metadata"))
                    .findFirst()
                    .orElseThrow();
            assertThat(text(YamlFiles.objectAt(spec, "scaleTargetRef"), "name")).isEqualTo(name);
            assertThat(text(lag, "consumerGroup")).isEqualTo(name);
            KafkaTopic topic = requireNonNull(SCALED.get(name));
            assertThat(text(lag, "topic")).isEqualTo(topic.name());
            assertThat(settings(deployment)).contains(text(lag, "bootstrapServersFromEnv"));
            assertThat(spec.get("maxReplicaCount").getAsInt() * 2).isEqualTo(topic.partitions());
        });
        assertThat(ManifestFiles.find("HorizontalPodAutoscaler", "api-gateway")).isNotNull();
    }

    private static Stream<JsonObject> workloads() {
        return Stream.concat(ManifestFiles.ofKind("Deployment"), ManifestFiles.ofKind("Job"));
    }

    private static Predicate<String> knownTo(String program) {
        return setting -> ProgramCatalog.isKnownSetting(program, setting);
    }

    private static List<String> settings(JsonObject workload) {
        return YamlFiles.objects(ManifestFiles.container(workload), "env")
                .map(setting -> text(setting, "name"))
                .toList();
    }

    private static String setting(JsonObject container, String name) {
        return YamlFiles.objects(container, "env")
                .filter(setting -> text(setting, "name").equals(name))
                .map(setting -> text(setting, "value"))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<JsonObject> references(JsonObject workload, String kind) {
        return YamlFiles.objects(ManifestFiles.container(workload), "env")
                .filter(setting -> setting.has("valueFrom"))
                .map(setting -> setting.getAsJsonObject("valueFrom"))
                .filter(source -> source.has(kind))
                .map(source -> source.getAsJsonObject(kind));
    }

    private static Stream<JsonObject> sources(JsonObject workload) {
        return YamlFiles.objects(ManifestFiles.container(workload), "envFrom")
                .flatMap(source -> Stream.of("configMapRef", "secretRef")
                        .filter(source::has)
                        .map(source::getAsJsonObject));
    }

    private static String probe(JsonObject container, String probe, JsonObject port) {
        JsonObject httpGet = YamlFiles.objectAt(container, probe, "httpGet");
        assertThat(text(httpGet, "port")).isEqualTo(text(port, "name"));
        return text(httpGet, "path");
    }

    private static List<String> resources(String folder) {
        return YamlFiles.strings(
                        YamlFiles.readOne(ManifestFiles.ROOT.resolve(folder).resolve("kustomization.yaml")),
                        "resources")
                .toList();
    }

    private static String text(JsonObject object, String key) {
        return object.get(key).getAsString();
    }
}
