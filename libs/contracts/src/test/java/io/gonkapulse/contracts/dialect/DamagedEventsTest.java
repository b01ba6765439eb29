package io.gonkapulse.contracts.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.contracts.json.UndecodableMessageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever a line contains: either its events are valid, or the parser refuses it with the documented exception. */
class DamagedEventsTest {

    private static final int ROUNDS = 200;
    private static final List<String> WRONG_VALUES = List.of(
            "null",
            "true",
            "-1",
            "1e400",
            "0.5",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "[]",
            "[[1]]",
            "{}",
            "{\"a\":{}}",
            "\"2026-99-28T02:00:04Z\"",
            "\"+999999999-01-01T00:00:00Z\"",
            "99999999999999999999");

    private final JobEventCodec codec = new JobEventCodec();

    @Test
    void truncatedLinesAreRefused() {
        for (byte[] line : lines()) {
            for (int end = 0; end < line.length; end += 7) {
                assertThat(parseAll(Arrays.copyOf(line, end))).isZero();
            }
        }
    }

    @Test
    void changedBytesNeverCrash() {
        Random random = new Random(17);
        for (byte[] line : lines()) {
            for (int round = 0; round < ROUNDS; round++) {
                byte[] damaged = line.clone();
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                parseAll(damaged);
            }
        }
    }

    @Test
    void changedValuesNeverCrash() {
        for (byte[] line : lines()) {
            JsonNode original = JsonMapper.shared().readTree(line);
            for (String pointer : pointers(original, "")) {
                for (String wrong : WRONG_VALUES) {
                    JsonNode damaged = original.deepCopy();
                    replace(damaged, pointer, JsonMapper.shared().readTree(wrong));
                    parseAll(damaged.toString().getBytes(UTF_8));
                }
            }
        }
    }

    @Test
    void deepNestingIsRefused() {
        byte[] line = ("{\"type\":\"job.started\",\"meta\":" + "{\"a\":".repeat(20_000)).getBytes(UTF_8);

        assertThat(parseAll(line)).isZero();
    }

    /** Returns the number of events. */
    private int parseAll(byte[] json) {
        int events = 0;
        for (JobEventParser parser : List.of(new BotEventParser(), new OpenLineageEventParser())) {
            try {
                List<JobEvent> parsed = parser.parse(json);
                parsed.forEach(
                        event -> assertThat(codec.decode(codec.encode(event))).isEqualTo(event));
                events += parsed.size();
            } catch (UndecodableMessageException e) {
                assertThat(e).hasMessageNotContaining("null:");
            }
        }
        return events;
    }

    private static List<String> pointers(JsonNode node, String prefix) {
        List<String> pointers = new ArrayList<>();
        if (node.isObject()) {
            node.properties().forEach(field -> {
                String pointer =
                        prefix + "/" + field.getKey().replace("~", "~0").replace("/", "~1");
                pointers.add(pointer);
                pointers.addAll(pointers(field.getValue(), pointer));
            });
        } else if (node.isArray() && !node.isEmpty()) {
            pointers.add(prefix + "/0");
            pointers.addAll(pointers(node.get(0), prefix + "/0"));
        }
        return pointers;
    }

    private static void replace(JsonNode root, String pointer, JsonNode value) {
        int end = pointer.lastIndexOf('/');
        JsonNode parent = root.at(pointer.substring(0, end));
        String name = pointer.substring(end + 1).replace("~1", "/").replace("~0", "~");
        if (parent instanceof ObjectNode object) {
            object.set(name, value);
        } else if (parent instanceof ArrayNode array) {
            array.set(0, value);
        }
    }

    private static List<byte[]> lines() {
        List<byte[]> lines = new ArrayList<>();
        read("/bot/job-events.jsonl").lines().skip(36).forEach(line -> lines.add(line.getBytes(UTF_8)));
        lines.add(read("/openlineage/airflow-task-start.json").getBytes(UTF_8));
        lines.add(read("/openlineage/airflow-task-fail.json").getBytes(UTF_8));
        return lines;
    }

    private static String read(String path) {
        try (InputStream file = requireNonNull(DamagedEventsTest.class.getResourceAsStream(path))) {
            return new String(file.readAllBytes(), UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
