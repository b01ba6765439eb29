package io.gonkapulse.networksimulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.networksimulator.model.NetworkPlan;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class LargeNetworkTest {

    private static final Logger LOG = Logger.getLogger(LargeNetworkTest.class.getName());
    private static final byte[] ENTRY = "\"index\":".getBytes(StandardCharsets.US_ASCII);

    @Test
    void streamsHundredThousandParticipants() throws IOException {
        SteppedClock clock = SteppedClock.at(Instant.parse("2026-04-01T12:00:00Z"));
        SimulatedNetwork network = SimulatedNetwork.of(NetworkPlan.defaults().participants(100_000), clock);
        long members = network.nodes(
                        network.calendar().currentEpoch(network.calendar().heightAt(clock.instant())))
                .count();
        try (SimulatedEndpoint tracker = network.openTracker()) {
            Streamed first = stream(tracker);
            Streamed second = stream(tracker);
            LOG.info(() -> "100,000 participants: " + second);
            assertThat(first.entries()).isEqualTo(members).isGreaterThan(85_000);
            assertThat(second.bytes()).isEqualTo(first.bytes()).isGreaterThan(100_000_000);
            assertThat(second.heapAtHalf() - second.heapAtStart())
                    .as("heap growth half-way through the response, in bytes")
                    .isLessThan(second.bytes() / 4);
        }
    }

    private record Streamed(long bytes, long entries, long heapAtStart, long heapAtHalf, long millis) {}

    /** Reads the response without storing it, and measures the heap half-way. */
    private static Streamed stream(SimulatedEndpoint tracker) throws IOException {
        long heapAtStart = usedHeap();
        long heapAtHalf = 0;
        long started = System.nanoTime();
        long bytes = 0;
        long entries = 0;
        int matched = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in =
                URI.create(tracker.url() + FaultFixture.CURRENT).toURL().openStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                for (int i = 0; i < count; i++) {
                    matched = buffer[i] == ENTRY[matched] ? matched + 1 : buffer[i] == ENTRY[0] ? 1 : 0;
                    if (matched == ENTRY.length) {
                        entries++;
                        matched = 0;
                    }
                }
                bytes += count;
                if (heapAtHalf == 0 && bytes > 50_000_000) {
                    heapAtHalf = usedHeap();
                }
            }
        }
        return new Streamed(bytes, entries, heapAtStart, heapAtHalf, (System.nanoTime() - started) / 1_000_000);
    }

    private static long usedHeap() {
        Runtime.getRuntime().gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
