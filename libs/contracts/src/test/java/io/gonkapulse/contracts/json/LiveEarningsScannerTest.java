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
import org.junit.jupiter.api.Test;

/** What it reads, it reads as the codec does. */
class LiveEarningsScannerTest {

    private final LiveEarningsScanner<NodeIdentifier> reader = new LiveEarningsScanner<>(node -> node);
    private final SnapshotCodec codec = new SnapshotCodec();

    @Test
    void scansCanonicalRecords() {
        RandomMessages messages = RandomMessages.plain(7);
        for (int i = 0; i < 5_000; i++) {
            LiveSnapshot snapshot = messages.live();
            assertThat(reader.scan(codec.encode(snapshot), Long.MAX_VALUE)).isTrue();
            assertThat(scannedFact()).isEqualTo(truncateToMicros(EarningsFact.of(snapshot)));
        }
    }

    @Test
    void agreesWithCodecOnUnusualRecords() {
        RandomMessages messages = new RandomMessages(8);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            Snapshot snapshot = messages.snapshot();
            if (reader.scan(codec.encode(snapshot), Long.MAX_VALUE)) {
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
            if (reader.scan(damaged, Long.MAX_VALUE)) {
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
        byte[] whole = codec.encode(RandomMessages.plain(10).live());
        int needed = new String(whole, UTF_8).indexOf(",\"status\"");
        for (int length = 0; length < needed; length++) {
            assertThat(reader.scan(Arrays.copyOf(whole, length), Long.MAX_VALUE))
                    .isFalse();
        }
    }

    @Test
    void keepsStateUntilCleared() {
        RandomMessages messages = RandomMessages.plain(11);
        LiveEarningsScanner<StringBuilder> kept = new LiveEarningsScanner<>(node -> new StringBuilder(node.value()));
        for (int i = 0; i < 5_000; i++) {
            LiveSnapshot snapshot = messages.live();
            assertThat(kept.scan(codec.encode(snapshot), Long.MAX_VALUE)).isTrue();
            StringBuilder first = kept.state();
            assertThat(first).hasToString(snapshot.node().value());
            assertThat(kept.scan(codec.encode(snapshot), Long.MAX_VALUE)).isTrue();
            assertThat(kept.state()).isSameAs(first);
        }
        assertThat(kept.states()).hasSize(kept.nodeCount());
        kept.clear();
        assertThat(kept.nodeCount()).isZero();
        assertThat(kept.states()).isEmpty();
    }

    private EarningsFact scannedFact() {
        Instant observedAt = Instant.EPOCH.plus(reader.observedMicros(), ChronoUnit.MICROS);
        NodeCounters counters = new NodeCounters(
                Ngonka.of(reader.earned()),
                reader.inferences(),
                reader.missed(),
                reader.validated(),
                reader.invalidated());
        return new EarningsFact(reader.state(), reader.epoch(), observedAt, reader.tracker(), counters, null);
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
