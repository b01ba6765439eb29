package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.json.JsonFactory;

/** The canonical reader may decline a message, but must not read it differently from the field reader. */
class CanonicalJsonReaderTest {

    private static final List<String> INSERTIONS =
            List.of(" ", "0", "-", "\\", "\"", ",", "e5", ".0", "{}", "null", "é", "\n", "1234567890123456789", "}");

    private final CanonicalJsonReader canonicalReader = new CanonicalJsonReader(SnapshotField.values());
    private final JsonFieldReader fieldReader = new JsonFieldReader(new JsonFactory(), SnapshotField.values());

    @Test
    void readsCanonicalMessage() {
        String live = "{\"v\":1,\"kind\":\"live\",\"epoch\":0,\"earned\":\"12\",\"approximate\":true}";

        assertThat(canonicalReader.read(live.getBytes(UTF_8))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "{\"v\":2}",
                "{\"v\":01}",
                "{\"v\":1,\"epoch\":007}",
                "{\"v\":1,\"epoch\":1e3}",
                "{\"v\":1,\"epoch\":9223372036854775808}",
                "{\"v\":1,\"earned\":\"\"}",
                "{\"v\":1,\"earned\":\"-1\"}",
                "{\"v\":1,\"node\":\"é\"}",
                "{\"v\":1,\"node\":\"\\u0041\"}",
                "{\"v\":1,\"node\":\"x}",
                "{\"v\":1,\"node\":null}",
                "{\"v\":1,\"approximate\":truer}",
                "{\"v\":1,\"new\":1}",
                "{\"kind\":\"live\",\"v\":1}",
                "{\"v\":1} ",
                "{ \"v\":1}",
                "{\"v\":1,\"kind\":\"live\"",
            })
    void declinesOtherMessages(String json) {
        assertThat(canonicalReader.read(json.getBytes(UTF_8))).isNull();
    }

    @Test
    void agreesWithFieldReader() {
        RandomMessages messages = RandomMessages.plain(1);
        SnapshotCodec codec = new SnapshotCodec();
        Random random = new Random(1);
        int bothRead = 0;

        for (int i = 0; i < 100_000; i++) {
            byte[] json = mutate(new String(codec.encode(messages.snapshot()), UTF_8), random);
            FieldValues values = canonicalReader.read(json);
            if (values != null) {
                bothRead++;
                assertThat(values.allValues())
                        .as(new String(json, UTF_8))
                        .isEqualTo(fieldReader.read(json).allValues());
            }
        }
        assertThat(bothRead).isBetween(20_000, 90_000);
    }

    private static byte[] mutate(String json, Random random) {
        int at = random.nextInt(json.length());
        return switch (random.nextInt(4)) {
            case 0 -> json.getBytes(UTF_8);
            case 1 -> {
                byte[] bytes = json.getBytes(UTF_8);
                bytes[at] = (byte) (' ' + random.nextInt(95));
                yield bytes;
            }
            case 2 ->
                (json.substring(0, at) + INSERTIONS.get(random.nextInt(INSERTIONS.size())) + json.substring(at))
                        .getBytes(UTF_8);
            default ->
                (json.substring(0, at) + json.substring(Math.min(json.length(), at + random.nextInt(30))))
                        .getBytes(UTF_8);
        };
    }
}
