package io.gonkapulse.deploy;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads files of this repository as the tools do. */
final class YamlFiles {

    static final Path ROOT = Path.of("..");

    /** A key with a null value counts as present. */
    private static final Gson JSON = new GsonBuilder().serializeNulls().create();

    private YamlFiles() {}

    static JsonObject readOne(Path file) {
        return parse(readText(file)).findFirst().orElseThrow().getAsJsonObject();
    }

    static List<JsonObject> readAll(Path file) {
        return parse(readText(file)).map(JsonElement::getAsJsonObject).toList();
    }

    static Stream<JsonElement> parse(String yaml) {
        Iterable<Object> loaded = new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions())).loadAll(yaml);
        return StreamSupport.stream(loaded.spliterator(), false).map(JSON::toJsonTree);
    }

    static String readText(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<JsonElement> items(JsonObject object, String array) {
        return object.has(array) ? object.getAsJsonArray(array).asList().stream() : Stream.empty();
    }

    static Stream<JsonObject> objects(JsonObject object, String array) {
        return items(object, array).map(JsonElement::getAsJsonObject);
    }

    static Stream<String> strings(JsonObject object, String array) {
        return items(object, array).map(JsonElement::getAsString);
    }

    /** Returns the object at a path of keys; fails if one is missing. */
    static JsonObject objectAt(JsonObject object, String... path) {
        JsonObject found = object;
        for (String key : path) {
            if (!found.has(key)) {
                throw new AssertionError("expected " + String.join(".", path) + " in " + object);
            }
            found = found.getAsJsonObject(key);
        }
        return found;
    }
}
