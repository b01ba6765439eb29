package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.json.JsonFactory;

/** The scanner may decline a message, but must not read it differently from the field reader. */
class FieldValuesAgreementTest {

    private static final List<String> INSERTIONS = List.of(
            " ",
            "0",
            "-",
            "\\",
            "\"",
            ",",
            "e5",
            ".0",
            "{}",
            "null",
            "é",
            "\n",
            "1234567890123456789",
            "}",
            "]",
            "\",\"");

    private static final String SETTLED = """
            {"v":1,"kind":"settled","node":"gonka1qzmhx83xnamk0uqup3lxpf2te9karrwjm9cjh7","epoch":0,\
            "observedAt":"2025-12-08T13:56:28Z","earned":"12","inferences":0,"missed":0,\
            "rewarded":"0012","claim":"claimed","approximate":true,"settledAt":"2025-12-07T11:00:00Z",\
            "fetchedAt":"2025-12-08T13:56:58.750Z","tracker":"hyperfusion","poll":"","validated":0,"invalidated":0}""";

    private static final Set<SnapshotField> SETTLED_FIELDS =
            EnumSet.range(SnapshotField.NODE, SnapshotField.INVALIDATED);

    private static final Set<SnapshotField> LIVE_FIELDS = EnumSet.complementOf(EnumSet.of(
            SnapshotField.VERSION,
            SnapshotField.KIND,
            SnapshotField.REWARDED,
            SnapshotField.CLAIM,
            SnapshotField.APPROXIMATE,
            SnapshotField.SETTLED_AT,
            SnapshotField.SETTLED_HEIGHT,
            SnapshotField.FORFEITED_AT));

    private final ScannedFieldValues scanned = new ScannedFieldValues();
    private final JsonFieldReader fieldReader = new JsonFieldReader(new JsonFactory(), SnapshotField.values());

    @Test
    void readsCanonicalMessage() {
        assertThat(scanned.scanner.scan(SETTLED.getBytes(UTF_8), Long.MAX_VALUE))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                      | ''",
                "}                      | ''",
                "\"v\":1              | \"v\":2",
                "\"v\":1              | \"v\":01",
                "\"v\":1,             | ''",
                "\"epoch\":0          | \"epoch\":007",
                "\"epoch\":0          | \"epoch\":1e3",
                "\"epoch\":0          | \"epoch\":9223372036854775808",
                "\"epoch\":0          | \"epoch\":",
                "\"earned\":\"12\"    | \"earned\":\"\"",
                "\"earned\":\"12\"    | \"earned\":\"-1\"",
                "\"poll\":\"\"        | \"poll\":\"é\"",
                "\"poll\":\"\"        | \"poll\":\"\\u0041\"",
                "\"poll\":\"\"        | \"poll\":\"x",
                "\"poll\":\"\"        | \"poll\":null",
                "\"approximate\":true | \"approximate\":truer",
                "\"approximate\":true | \"approximate\":tru",
                "\"claim\":           | \"new\":1,\"claim\":",
                "\"v\":1,\"kind\":\"settled\" | \"kind\":\"settled\",\"v\":1",
                "\"invalidated\":0}   | '\"invalidated\":0} '",
                "\"invalidated\":0}   | \"invalidated\":0,\"new\":1}",
                "\"invalidated\":0}   | \"invalidated\":0",
                "{\"v\"               | { \"v\"",
                "\"kind\":\"settled\" | \"kind\":\"dead\"",
            })
    void declinesOtherMessages(String canonical, String other) {
        String json = SETTLED.replace(canonical, other);

        assertThat(json).isNotEqualTo(SETTLED);
        assertThat(scanned.scanner.scan(json.getBytes(UTF_8), Long.MAX_VALUE)).isFalse();
    }

    @Test
    void declinesEmptyMessages() {
        for (String json : List.of("", "{", "{}", "{\"v\":1}", "{\"v\":1,\"kind\":\"live\"")) {
            assertThat(scanned.scanner.scan(json.getBytes(UTF_8), Long.MAX_VALUE))
                    .as(json)
                    .isFalse();
        }
    }

    @Test
    @Tag("slow")
    void agreesWithFieldReader() {
        RandomMessages messages = RandomMessages.plain(1);
        SnapshotCodec codec = new SnapshotCodec();
        Random random = new Random(1);
        int bothRead = 0;

        for (int i = 0; i < 100_000; i++) {
            byte[] json = mutate(new String(codec.encode(messages.snapshot()), UTF_8), random);
            if (scanned.scanner.scan(json, Long.MAX_VALUE)) {
                bothRead++;
                FieldValues read = fieldReader.read(json);
                boolean live = read.text(SnapshotField.KIND).equals("live");
                assertThat(scanned.scanner.isLive()).isEqualTo(live);
                assertThat(allValues(scanned, live ? LIVE_FIELDS : SETTLED_FIELDS))
                        .as(new String(json, UTF_8))
                        .isEqualTo(allValues(read, EnumSet.range(SnapshotField.NODE, SnapshotField.MODELS)));
            }
        }
        assertThat(bothRead).isBetween(20_000, 90_000);
    }

    private static Map<SnapshotField, Object> allValues(FieldValues values, Set<SnapshotField> fields) {
        Map<SnapshotField, Object> all = new EnumMap<>(SnapshotField.class);
        fields.stream().filter(values::has).forEach(field -> all.put(field, valueOf(values, field)));
        return all;
    }

    private static Object valueOf(FieldValues values, SnapshotField field) {
        return switch (field.type()) {
            case TEXT, SHARED_TEXT -> values.text(field);
            case TEXTS -> values.texts(field);
            case INTEGER, FLAG -> values.integer(field);
            case AMOUNT -> values.amount(field);
            case INSTANT -> values.instant(field);
            case DECIMAL -> values.decimal(field);
            case COUNTS, OBJECT, OBJECTS, JSON -> throw new AssertionError(field);
        };
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
