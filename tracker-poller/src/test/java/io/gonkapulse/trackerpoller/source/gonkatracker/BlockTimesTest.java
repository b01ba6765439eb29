package io.gonkapulse.trackerpoller.source.gonkatracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BlockTimesTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final BlockTimes times = new BlockTimes();

    @Test
    void nothingFollowsFromNothing() {
        assertThat(times.any()).isFalse();
        assertThat(times.at(100)).isEmpty();
    }

    @Test
    void aBlockThatWasToldIsAtItsTime() {
        tell(1_000, 0, "6");
        assertThat(times.any()).isTrue();
        assertThat(times.at(1_000)).contains(START);
    }

    @Test
    void outsideOfWhatWasToldTheAverageCounts() {
        tell(1_000, 0, "6.02");
        tell(2_000, 5_000, "6.5");
        assertThat(times.at(900)).contains(START.minusSeconds(650));
        assertThat(times.at(2_010)).contains(START.plusSeconds(5_065));
    }

    @Test
    void betweenTwoBlocksTheyCountByProportion() {
        tell(1_000, 0, "6");
        tell(2_000, 5_000, "6");
        assertThat(times.at(1_500)).contains(START.plusSeconds(2_500));
        assertThat(times.at(1_001)).contains(START.plusSeconds(5));
    }

    @Test
    void theLastBlockBeforeASilenceIsKept() {
        for (int height = 0; height <= 1_000; height += 10) {
            tell(height, height * 6L, "6");
        }
        tell(3_000, 6_000 + 2_000 * 5L, "6");
        assertThat(times.at(2_000)).contains(START.plusSeconds(11_000));
    }

    @Test
    void blocksThatContradictEachOtherAreForgotten() {
        tell(1_000, 0, "6");
        tell(2_000, 6_000, "6");
        tell(3_000, 100, "6");
        assertThat(times.at(1_000)).contains(START.plusSeconds(100 - 12_000));
    }

    @Test
    void whatIsTooLittleOrIncredibleIsNotTold() {
        times.tell(head(1_000L, START, null));
        times.tell(head(1_000L, null, new BigDecimal("6")));
        times.tell(head(null, START, new BigDecimal("6")));
        tell(1_000, 0, "0");
        tell(1_000, 0, "999999999");
        assertThat(times.any()).isFalse();
    }

    @Test
    void theOldestAreForgottenWhenThereAreTooMany() {
        for (int i = 0; i <= 2_000; i++) {
            tell(i * 200L, i * 1_000L, "6");
        }
        assertThat(times.at(0)).as("no longer told, but worked out").contains(START.plusSeconds(1_000 - 1_200));
    }

    private void tell(long height, long seconds, String average) {
        times.tell(head(height, START.plusSeconds(seconds), new BigDecimal(average)));
    }

    private static TrackerHead head(@Nullable Long height, @Nullable Instant time, @Nullable BigDecimal average) {
        TrackerHead.Block newest = height == null || time == null ? null : new TrackerHead.Block(height, time);
        return new TrackerHead(7, height, newest, null, average, null, true);
    }
}
