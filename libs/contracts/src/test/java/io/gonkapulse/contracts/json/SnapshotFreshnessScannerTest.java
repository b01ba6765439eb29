package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Snapshot;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The scanner returns the same values as the codec, and accepts no record that the codec refuses. */
class SnapshotFreshnessScannerTest {

    private final SnapshotFreshnessScanner<NodeIdentifier> scanner = new SnapshotFreshnessScanner<>(node -> node);
    private final SnapshotCodec codec = new SnapshotCodec();

    @Test
    void scansCanonicalRecords() {
        RandomMessages messages = RandomMessages.plain(7);
        for (int i = 0; i < 5_000; i++) {
            LiveSnapshot snapshot = messages.live();
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
    void agreesWithCodecOnDamagedRecords() {
        RandomMessages messages = RandomMessages.plain(9);
        Random random = new Random(9);
        int read = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] damaged = codec.encode(messages.live());
            byte other = damaged[random.nextInt(damaged.length)];
            damaged[random.nextInt(damaged.length)] = random.nextBoolean() ? other : (byte) random.nextInt(256);
            if (scanner.scan(damaged, Long.MAX_VALUE)) {
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
        byte[] complete = codec.encode(RandomMessages.plain(10).live());
        for (int length = 0; length < complete.length; length++) {
            assertThat(scanner.scan(Arrays.copyOf(complete, length), Long.MAX_VALUE))
                    .isFalse();
        }
    }

    @Test
    void acceptsPlainDecimalsOnly() {
        for (String plain : List.of("0", "12", "0.5", "12.345", "123456789012.345678")) {
            byte[] json = withTokensPerSecond(plain);
            assertThat(scanner.scan(json, Long.MAX_VALUE)).as(plain).isTrue();
            assertThat(((LiveSnapshot) codec.decode(json)).facts().tokensPerSecond())
                    .isEqualTo(new BigDecimal(plain));
        }
        for (String other : List.of("1E+3", "-1", "012", "1.", ".5", "1234567890123456789", "1234567890.123456789")) {
            assertThat(scanner.scan(withTokensPerSecond(other), Long.MAX_VALUE))
                    .as(other)
                    .isFalse();
        }
    }

    @Test
    void keepsOneStatePerNode() {
        SnapshotFreshnessScanner<StringBuilder> scanner =
                new SnapshotFreshnessScanner<>(node -> new StringBuilder(node.value()));
        RandomMessages messages = RandomMessages.plain(11);
        for (int i = 0; i < 2_000; i++) {
            LiveSnapshot snapshot = messages.live();
            StringBuilder first = scanner.stateOf(snapshot.node());
            assertThat(scanner.scan(codec.encode(snapshot), Long.MAX_VALUE)).isTrue();
            assertThat(scanner.state())
                    .isSameAs(first)
                    .hasToString(snapshot.node().value());
        }
        assertThat(scanner.states()).doesNotHaveDuplicates();
    }

    private byte[] withTokensPerSecond(String number) {
        String bare = new String(codec.encode(RandomMessages.plain(12).live()), UTF_8)
                .replaceAll(",\"(tokensPerSecond|jailedUntil)\":[^,}]*", "");
        return bare.replaceAll("}$", ",\"tokensPerSecond\":" + number + "}").getBytes(UTF_8);
    }

    private List<Object> scannedValues() {
        return List.of(
                scanner.state(),
                scanner.epoch(),
                scanner.observedMicros(),
                scanner.fetchedMicros(),
                scanner.inferences(),
                scanner.status());
    }

    private static List<Object> expectedValues(Snapshot snapshot) {
        return List.of(
                snapshot.node(),
                snapshot.epoch(),
                micros(snapshot.origin().observedAt()),
                micros(snapshot.origin().fetchedAt()),
                snapshot.counters().inferences(),
                ((LiveSnapshot) snapshot).status());
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }
}
