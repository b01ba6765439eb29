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

    /** Their fields belong to the owner of a job, not to the API. */
    private static final Set<String> FREE_OBJECTS = Set.of("meta", "result", "progress");

    private ComparableJson() {}

    static JsonNode parse(String text) {
        return normalize(JSON.readTree(text));
    }

    /**
     * The fields of an object that the client returned.
     *
     * @param body the response; the object has nothing in the place of a field that the body does not have
     */
    static JsonNode of(Object response, JsonNode body) {
        return withoutEmptyExtras(normalize(JSON.valueToTree(response)), body);
    }

    private static JsonNode withoutEmptyExtras(JsonNode node, JsonNode body) {
        if (node instanceof ObjectNode object) {
            object.propertyNames().stream()
                    .filter(name -> !body.has(name) && object.get(name).isEmpty())
                    .toList()
                    .forEach(object::remove);
            object.properties().forEach(field -> withoutEmptyExtras(field.getValue(), body.path(field.getKey())));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                withoutEmptyExtras(node.get(i), body.path(i));
            }
        }
        return node;
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
        if (node instanceof ObjectNode object) {
            object.properties().stream()
                    .filter(field -> !FREE_OBJECTS.contains(field.getKey()))
                    .forEach(field -> addFields(field.getValue()));
            object.set("addedLater", JSON.createObjectNode().put("amount", "1").putNull("nothing"));
        } else {
            node.forEach(ComparableJson::addFields);
        }
    }
}
