package io.gonkapulse.trackerpoller.trackerapi.gonkatracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BlockTimeIndexTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final BlockTimeIndex times = new BlockTimeIndex();

    @Test
    void isEmptyWithoutBlocks() {
        assertThat(times.hasBlocks()).isFalse();
        assertThat(times.timeAt(100)).isEmpty();
    }

    @Test
    void returnsKnownBlockTime() {
        add(1_000, 0, "6");
        assertThat(times.hasBlocks()).isTrue();
        assertThat(times.timeAt(1_000)).contains(START);
    }

    @Test
    void extrapolatesByAverage() {
        add(1_000, 0, "6.02");
        add(2_000, 5_000, "6.5");
        assertThat(times.timeAt(900)).contains(START.minusSeconds(650));
        assertThat(times.timeAt(2_010)).contains(START.plusSeconds(5_065));
    }

    @Test
    void interpolatesBetweenBlocks() {
        add(1_000, 0, "6");
        add(2_000, 5_000, "6");
        assertThat(times.timeAt(1_500)).contains(START.plusSeconds(2_500));
        assertThat(times.timeAt(1_001)).contains(START.plusSeconds(5));
    }

    @Test
    void keepsLastBlockBeforeGap() {
        for (int height = 0; height <= 1_000; height += 10) {
            add(height, height * 6L, "6");
        }
        add(3_000, 6_000 + 2_000 * 5L, "6");
        assertThat(times.timeAt(2_000)).contains(START.plusSeconds(11_000));
    }

    @Test
    void dropsContradictingBlocks() {
        add(1_000, 0, "6");
        add(2_000, 6_000, "6");
        add(3_000, 100, "6");
        assertThat(times.timeAt(1_000)).contains(START.plusSeconds(100 - 12_000));
    }

    @Test
    void ignoresIncompleteOrImplausibleBlocks() {
        times.add(head(1_000L, START, null));
        times.add(head(1_000L, null, new BigDecimal("6")));
        times.add(head(null, START, new BigDecimal("6")));
        add(1_000, 0, "0");
        add(1_000, 0, "999999999");
        assertThat(times.hasBlocks()).isFalse();
    }

    @Test
    void evictsOldestBeyondLimit() {
        for (int i = 0; i <= 2_000; i++) {
            add(i * 200L, i * 1_000L, "6");
        }
        assertThat(times.timeAt(0)).as("evicted, but estimated").contains(START.plusSeconds(1_000 - 1_200));
    }

    private void add(long height, long seconds, String average) {
        times.add(head(height, START.plusSeconds(seconds), new BigDecimal(average)));
    }

    private static TrackerEpochHeader head(
            @Nullable Long height, @Nullable Instant time, @Nullable BigDecimal average) {
        TrackerEpochHeader.NewestBlock newest =
                height == null || time == null ? null : new TrackerEpochHeader.NewestBlock(height, time);
        return new TrackerEpochHeader(7, height, newest, null, average, null, true);
    }
}
