package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.EarningsFact;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All readers of snapshots refuse the same records, so a rebuild decides like the live consumers. */
class SnapshotReaderAgreementTest {

    private static final long TIMESTAMP = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final List<String> NUMBERS =
            List.of("0", "10000000", "10000001", "100000000000", "100000000001", "999999999999", "1000000000000");
    private static final List<String> TIMES = List.of(
            "1969-12-31T23:59:59.999999999Z",
            "1970-01-01T00:00:00Z",
            "2026-01-01T00:05:00.000000999Z",
            "2026-01-01T00:05:00.000001Z",
            "9999-12-31T23:59:59Z");
    private static final List<String> AMOUNTS =
            List.of("999999999999999999", "1000000000000000000", "1000000000000000001", "18446744073709551615");

    private final SnapshotCodec codec = new SnapshotCodec();
    private final SnapshotScanner scanner = new SnapshotScanner();

    @Test
    @Tag("slow")
    void readersRefuseSameRecords() {
        RandomMessages messages = RandomMessages.plain(21);
        Random random = new Random(21);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] json = withOneOddField(new String(codec.encode(messages.snapshot()), UTF_8), random)
                    .getBytes(UTF_8);
            EarningsFact expected = decoded(json);
            refused += expected == null ? 1 : 0;

            assertThat(decodedEarnings(json)).as(new String(json, UTF_8)).isEqualTo(expected);
            if (expected == null) {
                assertThat(scanner.scan(json, TIMESTAMP))
                        .as(new String(json, UTF_8))
                        .isFalse();
                assertThat(scanner.scanEarnings(json, 0, json.length, TIMESTAMP))
                        .as(new String(json, UTF_8))
                        .isFalse();
            }
        }
        assertThat(refused).isBetween(5_000, 19_000);
    }

    private @Nullable EarningsFact decoded(byte[] json) {
        try {
            return EarningsFact.of(codec.decode(json, TIMESTAMP));
        } catch (UndecodableMessageException e) {
            return null;
        }
    }

    private @Nullable EarningsFact decodedEarnings(byte[] json) {
        try {
            return codec.decodeEarnings(json, TIMESTAMP);
        } catch (UndecodableMessageException e) {
            return null;
        }
    }

    /** Random messages contain times up to 2100. Sets all of them to a valid time, then one field to an odd value. */
    private static String withOneOddField(String message, Random random) {
        String inTime = message.replaceAll("(At\":\")[^\"]*", "$12025-12-31T00:00:00Z");
        String field = one(List.of("epoch", "inferences", "missed", "validated", "invalidated"), random);
        return switch (random.nextInt(4)) {
            case 0 -> inTime.replaceFirst("(\"" + field + "\":)[0-9]+", "$1" + one(NUMBERS, random));
            case 1 ->
                inTime.replaceFirst(
                        "(\"" + one(List.of("observedAt", "fetchedAt", "settledAt", "forfeitedAt"), random)
                                + "\":\")[^\"]*",
                        "$1" + one(TIMES, random));
            case 2 ->
                inTime.replaceFirst(
                        "(\"" + one(List.of("earned", "rewarded"), random) + "\":\")[0-9]+",
                        "$1" + one(AMOUNTS, random));
            default -> inTime;
        };
    }

    private static String one(List<String> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
