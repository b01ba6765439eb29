package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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

/** A scan that stops behind the earnings returns the same values as the codec. */
class EarningsScanTest {

    private final SnapshotScanner scanner = new SnapshotScanner();
    private final SnapshotCodec codec = new SnapshotCodec();

    @Test
    void scansCanonicalRecords() {
        RandomMessages messages = RandomMessages.plain(7);
        for (int i = 0; i < 5_000; i++) {
            LiveSnapshot snapshot = messages.live();
            assertThat(scan(codec.encode(snapshot))).isTrue();
            assertThat(scannedFact()).isEqualTo(truncateToMicros(EarningsFact.of(snapshot)));
        }
    }

    @Test
    void agreesWithCodecOnUnusualRecords() {
        RandomMessages messages = new RandomMessages(8);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            Snapshot snapshot = messages.snapshot();
            if (scan(codec.encode(snapshot)) && scanner.isLive()) {
                read++;
                assertThat(scannedFact()).isEqualTo(truncateToMicros(EarningsFact.of(snapshot)));
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
        for (int i = 0; i < 200_000; i++) {
            byte[] damaged = codec.encode(messages.live());
            int needed = new String(damaged, UTF_8).indexOf("\"fetchedAt\"");
            byte other = damaged[random.nextInt(damaged.length)];
            damaged[random.nextInt(needed)] = random.nextBoolean() ? other : (byte) (' ' + random.nextInt(95));
            if (scan(damaged)) {
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
            assertThat(scan(Arrays.copyOf(complete, length))).isFalse();
        }
    }

    @Test
    void scansPartOfBytes() {
        RandomMessages messages = RandomMessages.plain(12);
        for (int i = 0; i < 1_000; i++) {
            LiveSnapshot snapshot = messages.live();
            byte[] json = codec.encode(snapshot);
            byte[] bytes = new byte[json.length + 2 * i];
            Arrays.fill(bytes, (byte) '"');
            System.arraycopy(json, 0, bytes, i, json.length);

            assertThat(scanner.scanEarnings(bytes, i, i + json.length, Long.MAX_VALUE))
                    .isTrue();
            assertThat(scannedFact()).isEqualTo(truncateToMicros(EarningsFact.of(snapshot)));
        }
    }

    /** False also for a wrong checksum of the address, which consumers detect when they look the node up. */
    private boolean scan(byte[] json) {
        try {
            return scanner.scanEarnings(json, 0, json.length, Long.MAX_VALUE) && node() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private NodeIdentifier node() {
        return new NodeIdentifier(
                new String(scanner.bytes(), scanner.nodeStart(), scanner.nodeEnd() - scanner.nodeStart(), ISO_8859_1));
    }

    private EarningsFact scannedFact() {
        Instant observedAt = Instant.EPOCH.plus(scanner.observedMicros(), ChronoUnit.MICROS);
        NodeCounters counters = new NodeCounters(
                Ngonka.of(scanner.earned()),
                scanner.inferences(),
                scanner.missed(),
                scanner.validated(),
                scanner.invalidated());
        return new EarningsFact(node(), scanner.epoch(), observedAt, scanner.tracker(), counters, null);
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
