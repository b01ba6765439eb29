package io.gonkapulse.deploy;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.lang.reflect.InvocationTargetException;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;

/**
 * The schema of the Kubernetes API, from the generated official client. It knows every field, its type, and whether
 * it is required.
 */
final class KubernetesSchema {

    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    private static final Gson JSON = new GsonBuilder()
            .registerTypeAdapter(OffsetDateTime.class, (JsonDeserializer<OffsetDateTime>)
                    (json, type, context) -> OffsetDateTime.parse(json.getAsString()))
            .create();

    private KubernetesSchema() {}

    /** Returns what is wrong with an object. */
    static Optional<String> validationError(JsonObject object) {
        Class<?> model = model(object);
        try {
            model.getMethod("validateJsonElement", JsonElement.class).invoke(null, object);
            // The validation above accepts any text for a number.
            return JSON.fromJson(object, model) == null ? Optional.of("expected a non-empty object") : Optional.empty();
        } catch (InvocationTargetException e) {
            return Optional.of(String.valueOf(e.getCause()));
        } catch (JsonParseException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Expected " + model + " to have a validation method", e);
        }
    }

    private static Class<?> model(JsonObject object) {
        String version = object.get("apiVersion").getAsString().replaceFirst(".*/", "");
        String name = version.toUpperCase(Locale.ROOT) + object.get("kind").getAsString();
        try {
            return Class.forName(MODELS + name);
        } catch (ClassNotFoundException e) {
            throw new LinkageError("Expected a kind of the Kubernetes API, got " + name, e);
        }
    }
}
