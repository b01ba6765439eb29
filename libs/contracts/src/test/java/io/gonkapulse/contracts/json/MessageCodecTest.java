package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gonkapulse.contracts.json.UndecodableMessageException.Reason;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that apply to every message. */
class MessageCodecTest {

    @ParameterizedTest
    @EnumSource
    @Tag("slow")
    void roundTripsMessages(TestedMessage kind) {
        RandomMessages random = new RandomMessages(1);

        for (int i = 0; i < 5_000; i++) {
            assertThat(kind.roundTrips(random)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesEveryTruncation(TestedMessage kind) {
        byte[] json = kind.encodeAny(new RandomMessages(2));

        for (int length = 0; length < json.length; length++) {
            byte[] truncated = Arrays.copyOf(json, length);
            assertThatExceptionOfType(UndecodableMessageException.class).isThrownBy(() -> kind.decode(truncated));
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("slow")
    void survivesRandomByteChanges(TestedMessage kind) {
        RandomMessages messages = new RandomMessages(3);
        Random random = new Random(3);
        int refused = 0;

        for (int i = 0; i < 20_000; i++) {
            byte[] json = kind.encodeAny(messages);
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                json[random.nextInt(json.length)] = (byte) random.nextInt();
            }
            try {
                kind.decode(json);
            } catch (UndecodableMessageException e) {
                refused++;
                assertThat(e).hasMessageMatching("(?s).{5,700}");
            }
        }
        assertThat(refused).isGreaterThan(10_000);
    }

    @ParameterizedTest
    @EnumSource
    void refusesDuplicateField(TestedMessage kind) {
        String json = new String(kind.encodeAny(new RandomMessages(4)), UTF_8);

        assertRefused(
                kind, json.replaceFirst("\\{\"v\":1", "{\"v\":1,\"v\":1"), Reason.BAD_FIELD, "v: expected it once");
    }

    @ParameterizedTest
    @EnumSource
    void reportsUnknownVersion(TestedMessage kind) {
        String json = new String(kind.encodeAny(new RandomMessages(5)), UTF_8);

        assertRefused(kind, json.replaceFirst("\"v\":1", "\"v\":2"), Reason.UNKNOWN_VERSION, "version 1, got 2");
    }

    @ParameterizedTest
    @EnumSource
    void ignoresUnknownFields(TestedMessage kind) {
        byte[] json = kind.encodeAny(new RandomMessages(6));
        String newer = new String(json, UTF_8)
                .replaceFirst("\\{", "{\"new\":{\"deep\":[1,{\"v\":7}]},\"Ñ\":null,\"later\":1e400,");

        assertThat(kind.decode(newer.getBytes(UTF_8))).isEqualTo(kind.decode(json));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                | NOT_JSON",
                "' '               | NOT_JSON",
                "null              | NOT_JSON",
                "[]                | NOT_JSON",
                "7                 | NOT_JSON",
                "<html>            | NOT_JSON",
                "{}                | MISSING_FIELD",
                "{\"v\":1} {}      | NOT_JSON",
                "{\"v\":1}]        | NOT_JSON",
                "{\"v\":NaN}       | NOT_JSON",
                "{\"v\":01}        | NOT_JSON",
                "{v:1}             | NOT_JSON",
                "{\"v\":1.0}       | BAD_FIELD",
                "{\"v\":\"1\"}     | BAD_FIELD",
                "{\"v\":null}      | BAD_FIELD",
                "{\"v\":1}         | MISSING_FIELD",
                "{\"v\":99999999999999999999} | BAD_FIELD",
            })
    void refusesGarbageWithReason(String json, Reason reason) {
        for (TestedMessage kind : TestedMessage.values()) {
            assertRefused(kind, json, reason, "");
        }
    }

    @Test
    void refusesInvalidUtf8() {
        byte[] json = TestedMessage.POLL.encodeAny(new RandomMessages(7));
        json[new String(json, UTF_8).indexOf("gonka-tracker")] = (byte) 0xff;

        assertThatExceptionOfType(UndecodableMessageException.class).isThrownBy(() -> TestedMessage.POLL.decode(json));
    }

    @Test
    void refusesDeepNesting() {
        String json = "{\"v\":1,\"new\":" + "[".repeat(100_000);

        assertRefused(TestedMessage.POLL, json, Reason.NOT_JSON, "depth");
    }

    private static void assertRefused(TestedMessage kind, String json, Reason reason, String messagePart) {
        assertThatExceptionOfType(UndecodableMessageException.class)
                .isThrownBy(() -> kind.decode(json.getBytes(UTF_8)))
                .withMessageContaining(messagePart)
                .satisfies((Consumer<UndecodableMessageException>)
                        refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }
}
