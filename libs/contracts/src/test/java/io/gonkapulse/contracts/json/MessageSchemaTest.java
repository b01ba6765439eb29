package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The schemas in docs/messages accept exactly the messages that the code accepts. */
class MessageSchemaTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Path DOCUMENTS = Path.of("..", "..", "docs", "messages");

    private static final List<String> ODD_VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "7",
            "10000000",
            "10000001",
            "100000000000",
            "100000000001",
            "999999999999",
            "1000000000000",
            "9223372036854775807",
            "9223372036854775808",
            "\"\"",
            "\"x\"",
            "\"7\"",
            "\"-7\"",
            "\"-0\"",
            "\"1000000000000000000\"",
            "\"1000000000000000001\"",
            "\"0001000000000000000000\"",
            "\"" + "9".repeat(41) + "\"",
            "\"" + "y".repeat(50) + "\"",
            "\"" + "y".repeat(51) + "\"",
            "\"" + "y".repeat(101) + "\"",
            "\"1969-12-31T23:59:59.999999999Z\"",
            "\"1970-01-01T00:00:00Z\"",
            "\"2026-02-03T04:05:06Z\"",
            "\"2026-02-03T04:05:06.123456789Z\"",
            "\"2026-02-03 04:05:06Z\"",
            "\"2026-02-03T04:05:06\"",
            "\"healthy\"",
            "\"claimed\"",
            "\"live\"",
            "\"settled\"",
            "\"backfill\"",
            "\"queue\"",
            "\"canceled\"",
            "\"stage.failed\"",
            "\"stages\"",
            "\"lost\"",
            "\"tick\"",
            "\"00000000-0000-0000-0000-000000000000\"",
            "\"0192D3A4-5f2c-7abc-8def-0123456789ab\"",
            "\"0192d3a45f2c7abc8def0123456789ab\"",
            "34560000000",
            "34560000001",
            "{\"name\":\"x\",\"no\":1000,\"status\":\"fail\"}",
            "{\"name\":\"x\",\"no\":1001}",
            "{\"name\":\"x\",\"status\":\"lost\"}",
            "{\"name\":\"x\",\"at\":\"2026-02-03T04:05:06Z\"}",
            "{\"name\":7}",
            "[{\"name\":\"x\",\"durationMillis\":0},{\"name\":\"y\",\"no\":null}]",
            "[{\"no\":1}]",
            "[null]",
            "[]",
            "[\"x\"]",
            "[\"x\",null]",
            "[\"" + "y".repeat(256) + "\"]",
            "[" + "\"x\",".repeat(63) + "\"x\"]",
            "[" + "\"x\",".repeat(64) + "\"x\"]",
            "{}",
            "{\"a\":1}",
            "{\"a\":-1}");

    @ParameterizedTest
    @EnumSource
    void schemaAcceptsEncodedMessages(TestedMessage kind) throws IOException {
        Schema schema = schema(kind);
        RandomMessages random = new RandomMessages(1);

        for (int i = 0; i < 500; i++) {
            assertThat(schema.validate(new String(kind.encodeAny(random), UTF_8), InputFormat.JSON))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("slow")
    void schemaAndCodecRefuseSameMessages(TestedMessage kind) throws IOException {
        Schema schema = schema(kind);
        RandomMessages random = new RandomMessages(2);
        int accepted = 0;
        int refused = 0;

        for (int i = 0; i < 20; i++) {
            for (ObjectNode variant : variants(kind, (ObjectNode) JSON.readTree(kind.encodeAny(random)))) {
                boolean schemaAccepts =
                        schema.validate(variant.toString(), InputFormat.JSON).isEmpty();
                boolean codeAccepts = decodes(kind, variant);
                assertThat(codeAccepts)
                        .as("code and schema agree about %s", variant)
                        .isEqualTo(schemaAccepts);
                accepted += codeAccepts ? 1 : 0;
                refused += codeAccepts ? 0 : 1;
            }
        }
        assertThat(accepted).isGreaterThan(100);
        assertThat(refused).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @EnumSource
    void schemaListsEveryField(TestedMessage kind) throws IOException {
        JsonNode document = JSON.readTree(Files.readString(file(kind)));

        assertThat(document.path("properties").propertyStream().map(Map.Entry::getKey))
                .containsExactlyElementsOf(
                        kind.fields.stream().map(MessageField::jsonName).toList());
    }

    @ParameterizedTest
    @EnumSource
    void examplesDecode(TestedMessage kind) throws IOException {
        String section = Files.readString(DOCUMENTS.resolve("README.md")).split("## " + kind.topic, -1)[1];
        List<String> examples = Pattern.compile("(?s)```json\n(.*?)\n```")
                .matcher(section.split("\n## ", -1)[0])
                .results()
                .map(example -> example.group(1))
                .toList();

        assertThat(examples).isNotEmpty().allSatisfy(example -> {
            assertThat(schema(kind).validate(example, InputFormat.JSON)).isEmpty();
            assertThat(kind.decode(example.getBytes(UTF_8))).isNotNull();
        });
    }

    /** Variants of a message: without each field, and with each odd value in each field. */
    private static List<ObjectNode> variants(TestedMessage kind, ObjectNode message) {
        List<ObjectNode> variants = new ArrayList<>();
        for (MessageField field : kind.fields) {
            variants.add(message.deepCopy().without(field.jsonName()));
            for (String value : ODD_VALUES) {
                variants.add(message.deepCopy().set(field.jsonName(), JSON.readTree(value)));
            }
        }
        // A JSON schema cannot compare two fields, so another test covers the order of epochs.
        variants.removeIf(variant -> variant.path("toEpoch").asLong(Long.MAX_VALUE)
                < variant.path("fromEpoch").asLong(0));
        return variants;
    }

    private static boolean decodes(TestedMessage kind, ObjectNode variant) {
        try {
            kind.decode(variant.toString().getBytes(UTF_8));
            return true;
        } catch (UndecodableMessageException e) {
            return false;
        }
    }

    private static Schema schema(TestedMessage kind) throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(file(kind)), InputFormat.JSON);
    }

    private static Path file(TestedMessage kind) {
        return DOCUMENTS.resolve(kind.topic + ".schema.json");
    }
}
