package io.gonkapulse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;

class ManifestSchemaTest {

    private static final String SCALED_OBJECT = "ScaledObject";

    @Test
    void everyManifestIsWhatTheApiExpects() {
        assertThat(Manifests.all())
                .filteredOn(object -> !object.get("kind").getAsString().equals(SCALED_OBJECT))
                .hasSizeGreaterThan(10)
                .allSatisfy(object -> assertThat(ApiSchema.complaint(object))
                        .as(Manifests.name(object))
                        .isEmpty());
    }

    @Test
    void aMisspelledFieldIsFound() {
        JsonObject deployment = copy("stats-writer");
        JsonObject container = Manifests.container(deployment);
        container.add("livenesProbe", container.remove("livenessProbe"));

        assertThat(ApiSchema.complaint(deployment))
                .hasValueSatisfying(complaint -> assertThat(complaint).contains("`livenesProbe`"));
    }

    @Test
    void aFieldInTheWrongPlaceIsFound() {
        JsonObject deployment = copy("stats-writer");
        Yaml.at(deployment, "spec")
                .add(
                        "terminationGracePeriodSeconds",
                        Manifests.pod(deployment).remove("terminationGracePeriodSeconds"));

        assertThat(ApiSchema.complaint(deployment))
                .hasValueSatisfying(complaint -> assertThat(complaint).contains("`terminationGracePeriodSeconds`"));
    }

    @Test
    void aMissingFieldIsFound() {
        JsonObject deployment = copy("stats-writer");
        Yaml.at(deployment, "spec").remove("selector");

        assertThat(ApiSchema.complaint(deployment))
                .hasValueSatisfying(complaint -> assertThat(complaint).contains("`selector`"));
    }

    @Test
    void aWordInPlaceOfANumberIsFound() {
        JsonObject deployment = copy("stats-writer");
        Yaml.at(deployment, "spec").addProperty("replicas", "two");

        assertThat(ApiSchema.complaint(deployment))
                .hasValueSatisfying(complaint -> assertThat(complaint).contains("two"));
    }

    private static JsonObject copy(String deployment) {
        return Manifests.named("Deployment", deployment).deepCopy();
    }
}
