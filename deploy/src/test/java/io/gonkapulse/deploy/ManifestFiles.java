package io.gonkapulse.deploy;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** All documents in {@code kubernetes}. */
final class ManifestFiles {

    static final Path ROOT = Path.of("kubernetes");

    private static final List<JsonObject> ALL = files().filter(file -> !file.endsWith("kustomization.yaml"))
            .flatMap(file -> YamlFiles.readAll(file).stream())
            .toList();

    private ManifestFiles() {}

    static Stream<Path> files() {
        try (Stream<Path> found = Files.walk(ROOT)) {
            return found.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonObject> all() {
        return ALL;
    }

    static Stream<JsonObject> ofKind(String kind) {
        return ALL.stream().filter(object -> object.get("kind").getAsString().equals(kind));
    }

    static JsonObject find(String kind, String name) {
        return ofKind(kind)
                .filter(object -> name(object).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("expected the " + kind + " " + name));
    }

    static String name(JsonObject object) {
        return YamlFiles.objectAt(object, "metadata").get("name").getAsString();
    }

    /** Returns the pod spec of a deployment or a job. */
    static JsonObject pod(JsonObject workload) {
        return YamlFiles.objectAt(workload, "spec", "template", "spec");
    }

    /** Returns the only container. */
    static JsonObject container(JsonObject workload) {
        List<JsonObject> containers =
                YamlFiles.objects(pod(workload), "containers").toList();
        if (containers.size() != 1) {
            throw new AssertionError("expected one container in " + name(workload));
        }
        return containers.get(0);
    }
}
