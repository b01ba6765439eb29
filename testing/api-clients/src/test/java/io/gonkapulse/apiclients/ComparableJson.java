package io.gonkapulse.apiclients;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** JSON in which equal values are equal texts, so that a response can be compared with what a client made of it. */
final class ComparableJson {

    private static final JsonMapper JSON = new JsonMapper();

    /** They differ between two responses. */
    private static final Set<String> AGES = Set.of("ageSeconds", "blockAgeSeconds", "nextEpochSeconds");

    private ComparableJson() {}

    static JsonNode parse(String text) {
        return normalize(JSON.readTree(text));
    }

    /** The fields of an object that the client returned. */
    static JsonNode of(Object response) {
        return normalize(JSON.valueToTree(response));
    }

    private static JsonNode normalize(JsonNode node) {
        if (node.isObject()) {
            ObjectNode fields = JSON.createObjectNode();
            node.properties().stream()
                    .filter(field -> !AGES.contains(field.getKey()))
                    .forEach(field -> fields.set(field.getKey(), normalize(field.getValue())));
            return fields;
        }
        if (node.isArray()) {
            ArrayNode items = JSON.createArrayNode();
            node.forEach(item -> items.add(normalize(item)));
            return items;
        }
        if (node.isNumber()) {
            return StringNode.valueOf(node.decimalValue().stripTrailingZeros().toPlainString());
        }
        return node.isString() ? StringNode.valueOf(normalizeTime(node.asString())) : node;
    }

    private static String normalizeTime(String text) {
        try {
            return Instant.parse(text).toString();
        } catch (DateTimeParseException e) {
            return text;
        }
    }

    /** Adds a field to every object, as a later version of the API may. */
    static String withAddedFields(String text) {
        JsonNode body = JSON.readTree(text);
        addFields(body);
        return body.toString();
    }

    private static void addFields(JsonNode node) {
        node.forEach(ComparableJson::addFields);
        if (node instanceof ObjectNode object) {
            object.set("addedLater", JSON.createObjectNode().put("amount", "1").putNull("nothing"));
        }
    }
}
