package io.gonkapulse.networksimulator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The field names and JSON types of a document, merged over all elements of its arrays. */
record JsonShape(Map<String, Set<String>> types) {

    private static final String ANYTHING = "anything";

    static JsonShape of(JsonNode document) {
        JsonShape shape = new JsonShape(new TreeMap<>());
        document.properties().forEach(field -> shape.add(field.getKey(), field.getValue()));
        return shape;
    }

    /**
     * Reads one field per line, {@code path: type or type}. {@code []} means array elements and {@code *} for
     * any name.
     */
    static JsonShape described(String name) {
        try (InputStream in = JsonShape.class.getResourceAsStream("/network/shapes/" + name + ".txt")) {
            if (in == null) {
                throw new AssertionError("Expected a shape named " + name);
            }
            return new JsonShape(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(": ", 2))
                    .collect(Collectors.toMap(
                            words -> words[0], words -> new TreeSet<>(Arrays.asList(words[1].split(" or ", -1))))));
        } catch (IOException e) {
            throw new AssertionError("Expected to read a shape", e);
        }
    }

    /** Fields and types that the description does not allow. */
    Set<String> differencesFrom(JsonShape described) {
        Set<String> strange = new TreeSet<>();
        types.forEach((path, found) -> {
            Set<String> known = described.types.getOrDefault(path, Set.of());
            if (!known.containsAll(found) && !described.isUnspecified(path)) {
                strange.add(path + ": " + found + " where " + known + " is known");
            }
        });
        return strange;
    }

    /** Described fields that the document lacks. */
    Set<String> missingFrom(JsonShape described) {
        Set<String> missing = new TreeSet<>(described.types.keySet());
        missing.removeAll(types.keySet());
        return missing;
    }

    private boolean isUnspecified(String path) {
        return types.entrySet().stream()
                .anyMatch(entry -> entry.getValue().contains(ANYTHING)
                        && (path.equals(entry.getKey()) || path.matches("\\Q" + entry.getKey() + "\\E[.\\[].*")));
    }

    private void add(String path, JsonNode value) {
        types.computeIfAbsent(path, key -> new TreeSet<>())
                .add(value.getNodeType().name().toLowerCase(Locale.ROOT));
        if (value.isArray()) {
            value.forEach(element -> add(path + "[]", element));
        } else {
            boolean anyName = path.endsWith("ml_nodes_map");
            value.properties().forEach(field -> add(path + "." + (anyName ? "*" : field.getKey()), field.getValue()));
        }
    }
}
