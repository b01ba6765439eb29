package io.gonkapulse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;

class ManifestSchemaTest {

    private static final String SCALED_OBJECT = "ScaledObject";

    @Test
    void manifestsMatchSchema() {
        assertThat(ManifestFiles.all())
                .filteredOn(object -> !object.get("kind").getAsString().equals(SCALED_OBJECT))
                .hasSizeGreaterThan(10)
                .allSatisfy(object -> assertThat(KubernetesSchema.validationError(object))
                        .as(ManifestFiles.name(object))
                        .isEmpty());
    }

    @Test
    void reportsMisspelledField() {
        JsonObject deployment = copy("stats-writer");
        JsonObject container = ManifestFiles.container(deployment);
        container.add("livenesProbe", container.remove("livenessProbe"));

        assertThat(KubernetesSchema.validationError(deployment))
                .hasValueSatisfying(complaint -> assertThat(complaint).contains("`livenesProbe`"));
    }

    @Test
    void reportsMisplacedField() {
        JsonObject deployment = copy("stats-writer");
        YamlFiles.objectAt(deployment, "spec")
                .add(
                        "terminationGracePeriodSeconds",
                        ManifestFiles.pod(deployment).remove("terminationGracePeriodSeconds"));

        assertThat(KubernetesSchema.validationError(deployment))
                .hasValueSatisfying(complaint -> assertThat(complaint).contains("`terminationGracePeriodSeconds`"));
    }

    @Test
    void reportsMissingField() {
        JsonObject deployment = copy("stats-writer");
        YamlFiles.objectAt(deployment, "spec").remove("selector");

        assertThat(KubernetesSchema.validationError(deployment))
                .hasValueSatisfying(complaint -> assertThat(complaint).contains("`selector`"));
    }

    @Test
    void reportsWrongFieldType() {
        JsonObject deployment = copy("stats-writer");
        YamlFiles.objectAt(deployment, "spec").addProperty("replicas", "two");

        assertThat(KubernetesSchema.validationError(deployment))
                .hasValueSatisfying(complaint -> assertThat(complaint).contains("two"));
    }

    private static JsonObject copy(String deployment) {
        return ManifestFiles.find("Deployment", deployment).deepCopy();
    }
}
