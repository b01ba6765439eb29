package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Snapshot;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.core.json.JsonFactory;

/** The scanner returns the same values as the codec, and accepts no record that the codec refuses. */
class SnapshotScannerTest {

    private final SnapshotScanner scanner = new SnapshotScanner();
    private final SnapshotCodec codec = new SnapshotCodec();
    private final JsonFieldReader fieldReader = new JsonFieldReader(new JsonFactory(), SnapshotField.values());

    @Test
    void scansCanonicalRecords() {
        RandomMessages messages = RandomMessages.plain(7);
        for (int i = 0; i < 5_000; i++) {
            Snapshot snapshot = messages.snapshot();
            assertThat(scanner.scan(codec.encode(snapshot), Long.MAX_VALUE)).isTrue();
            assertThat(scannedValues()).isEqualTo(expectedValues(snapshot));
        }
    }

    @Test
    void agreesWithCodecOnUnusualRecords() {
        RandomMessages messages = new RandomMessages(8);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            Snapshot snapshot = messages.snapshot();
            if (scanner.scan(codec.encode(snapshot), Long.MAX_VALUE)) {
                read++;
                assertThat(scannedValues()).isEqualTo(expectedValues(snapshot));
            }
        }
        assertThat(read).isBetween(1, 19_999);
    }

    @Test
    @Tag("slow")
    void agreesWithCodecOnDamagedRecords() {
        RandomMessages messages = RandomMessages.plain(9);
        Random random = new Random(9);
        int read = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] damaged = codec.encode(messages.snapshot());
            byte other = damaged[random.nextInt(damaged.length)];
            damaged[random.nextInt(damaged.length)] = random.nextBoolean() ? other : (byte) random.nextInt(256);
            if (scanner.scan(damaged, Long.MAX_VALUE) && isAddressValid()) {
                read++;
                assertThat(scannedValues())
                        .as(new String(damaged, UTF_8))
                        .isEqualTo(expectedValues(codec.decode(damaged)));
            }
        }
        assertThat(read).isGreaterThan(5_000);
    }

    @Test
    void declinesTruncatedRecords() {
        RandomMessages messages = RandomMessages.plain(10);
        for (Snapshot snapshot : List.of(messages.live(), messages.settled())) {
            byte[] complete = codec.encode(snapshot);
            for (int length = 0; length < complete.length; length++) {
                assertThat(scanner.scan(Arrays.copyOf(complete, length), Long.MAX_VALUE))
                        .isFalse();
            }
        }
    }

    @Test
    void acceptsPlainDecimalsOnly() {
        for (String plain : List.of("0", "12", "0.5", "12.345", "123456789012.345678")) {
            byte[] json = withTokensPerSecond(plain);
            assertThat(scanner.scan(json, Long.MAX_VALUE)).as(plain).isTrue();
            assertThat(((LiveSnapshot) codec.decode(json)).facts().tokensPerSecond())
                    .isEqualTo(new BigDecimal(plain))
                    .isEqualTo(fieldReader.read(json).decimal(SnapshotField.TOKENS_PER_SECOND));
        }
        for (String other : List.of("1E+3", "-1", "012", "1.", ".5", "1234567890123456789", "1234567890.123456789")) {
            assertThat(scanner.scan(withTokensPerSecond(other), Long.MAX_VALUE))
                    .as(other)
                    .isFalse();
        }
    }

    @Test
    void declinesForfeitureWithoutTime() {
        RandomMessages messages = RandomMessages.plain(13);
        for (int i = 0; i < 100; i++) {
            String settled = new String(codec.encode(messages.settled()), UTF_8);
            boolean forfeited = settled.contains("\"forfeitedAt\"");
            String other = forfeited
                    ? settled.replaceFirst(",\"forfeitedAt\":\"[^\"]*\"", "")
                    : settled.replace(",\"fetchedAt\"", ",\"forfeitedAt\":\"2025-12-09T14:28:00Z\",\"fetchedAt\"");

            assertThat(scanner.scan(other.getBytes(UTF_8), Long.MAX_VALUE))
                    .as(other)
                    .isFalse();
        }
    }

    private byte[] withTokensPerSecond(String number) {
        String bare = new String(codec.encode(RandomMessages.plain(12).live()), UTF_8)
                .replaceAll(",\"((tokensPerSecond|jailedUntil)\":[^,}]*|models\":[^}]*)", "");
        return bare.replaceAll("}$", ",\"tokensPerSecond\":" + number + "}").getBytes(UTF_8);
    }

    private boolean isAddressValid() {
        try {
            return node() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private NodeIdentifier node() {
        return new NodeIdentifier(
                new String(scanner.bytes(), scanner.nodeStart(), scanner.nodeEnd() - scanner.nodeStart(), ISO_8859_1));
    }

    private List<Object> scannedValues() {
        return List.of(
                node(),
                scanner.epoch(),
                scanner.observedMicros(),
                scanner.fetchedMicros(),
                scanner.inferences(),
                scanner.isLive() ? scanner.status() : "settled",
                scanner.isLive() ? scanner.weight() : "settled");
    }

    private static List<Object> expectedValues(Snapshot snapshot) {
        return List.of(
                snapshot.node(),
                snapshot.epoch(),
                micros(snapshot.origin().observedAt()),
                micros(snapshot.origin().fetchedAt()),
                snapshot.counters().inferences(),
                snapshot instanceof LiveSnapshot live ? live.status() : "settled",
                snapshot instanceof LiveSnapshot live
                        ? requireNonNullElse(live.facts().weight(), -1L)
                        : "settled");
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }
}
