package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.EarningsFact;
import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Snapshot;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The scanner returns the same values as the codec. */
@Tag("slow")
class LiveEarningsScannerTest {

    private final LiveEarningsScanner<NodeIdentifier> scanner = new LiveEarningsScanner<>(node -> node);
    private final SnapshotCodec codec = new SnapshotCodec();

    @Test
    void scansCanonicalRecords() {
        RandomMessages messages = RandomMessages.plain(7);
        for (int i = 0; i < 5_000; i++) {
            LiveSnapshot snapshot = messages.live();
            assertThat(scanner.scan(codec.encode(snapshot), Long.MAX_VALUE)).isTrue();
            assertThat(scannedFact()).isEqualTo(truncateToMicros(EarningsFact.of(snapshot)));
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
                assertThat(scannedFact()).isEqualTo(truncateToMicros(EarningsFact.of(snapshot)));
            }
        }
        assertThat(read).isBetween(1, 19_999);
    }

    @Test
    void agreesWithCodecOnDamagedRecords() {
        RandomMessages messages = RandomMessages.plain(9);
        Random random = new Random(9);
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] damaged = codec.encode(messages.live());
            int needed = new String(damaged, UTF_8).indexOf("\"fetchedAt\"");
            byte other = damaged[random.nextInt(damaged.length)];
            damaged[random.nextInt(needed)] = random.nextBoolean() ? other : (byte) (' ' + random.nextInt(95));
            if (scanner.scan(damaged, Long.MAX_VALUE)) {
                read++;
                assertThat(scannedFact())
                        .as(new String(damaged, UTF_8))
                        .isEqualTo(truncateToMicros(EarningsFact.of(codec.decode(damaged))));
            }
        }
        assertThat(read).isGreaterThan(10_000);
    }

    @Test
    void declinesTruncatedRecords() {
        byte[] complete = codec.encode(RandomMessages.plain(10).live());
        int needed = new String(complete, UTF_8).indexOf(",\"status\"");
        for (int length = 0; length < needed; length++) {
            assertThat(scanner.scan(Arrays.copyOf(complete, length), Long.MAX_VALUE))
                    .isFalse();
        }
    }

    @Test
    void keepsStateUntilCleared() {
        RandomMessages messages = RandomMessages.plain(11);
        LiveEarningsScanner<StringBuilder> scanner = new LiveEarningsScanner<>(node -> new StringBuilder(node.value()));
        for (int i = 0; i < 5_000; i++) {
            LiveSnapshot snapshot = messages.live();
            assertThat(scanner.scan(codec.encode(snapshot), Long.MAX_VALUE)).isTrue();
            StringBuilder first = scanner.state();
            assertThat(first).hasToString(snapshot.node().value());
            assertThat(scanner.scan(codec.encode(snapshot), Long.MAX_VALUE)).isTrue();
            assertThat(scanner.state()).isSameAs(first);
        }
        assertThat(scanner.states()).hasSize(scanner.nodeCount());
        scanner.clear();
        assertThat(scanner.nodeCount()).isZero();
        assertThat(scanner.states()).isEmpty();
    }

    private EarningsFact scannedFact() {
        Instant observedAt = Instant.EPOCH.plus(scanner.observedMicros(), ChronoUnit.MICROS);
        NodeCounters counters = new NodeCounters(
                Ngonka.of(scanner.earned()),
                scanner.inferences(),
                scanner.missed(),
                scanner.validated(),
                scanner.invalidated());
        return new EarningsFact(scanner.state(), scanner.epoch(), observedAt, scanner.tracker(), counters, null);
    }

    private static EarningsFact truncateToMicros(EarningsFact fact) {
        return new EarningsFact(
                fact.node(),
                fact.epoch(),
                fact.observedAt().truncatedTo(ChronoUnit.MICROS),
                fact.tracker(),
                fact.counters(),
                fact.settlement());
    }
}
