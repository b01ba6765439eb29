package io.gonkapulse.trackerpoller.polling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PollScheduleTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final PollSchedule schedule = new PollSchedule("demo", MINUTE);

    @Test
    void isEqualForEveryPoller() {
        long number = schedule.slotAt(NOON);
        assertThat(new PollSchedule("demo", MINUTE).slotTime(number, 0)).isEqualTo(schedule.slotTime(number, 0));
        assertThat(schedule.slotTime(number, 0)).isAfter(NOON.minus(MINUTE)).isBeforeOrEqualTo(NOON);
        assertThat(schedule.slotAt(schedule.slotTime(number + 1, 0))).isEqualTo(number + 1);
        assertThat(schedule.slotAt(schedule.slotTime(number + 1, 0).minusMillis(1)))
                .isEqualTo(number);
    }

    @Test
    void doesNotDriftWithJitter() {
        Random random = new Random(3);
        Instant now = NOON;
        long first = schedule.slotAt(now);
        for (int i = 1; i <= 10_000; i++) {
            now = schedule.slotTime(schedule.slotAt(now) + 1, random.nextDouble());
            assertThat(schedule.slotAt(now)).isEqualTo(first + i);
        }
        assertThat(now).isBetween(schedule.slotTime(first + 10_000, 0), schedule.slotTime(first + 10_000, 1));
    }

    @Test
    void boundsJitterToTenthOfInterval() {
        assertThat(Duration.between(schedule.slotTime(7, 0), schedule.slotTime(7, 1)))
                .isEqualTo(Duration.ofSeconds(6));
        assertThat(Duration.between(schedule.slotTime(7, 0), schedule.slotTime(8, 1)))
                .isEqualTo(schedule.maxInterval());
    }

    @Test
    void spreadsTrackersOverInterval() {
        long[] perSixth = new long[6];
        IntStream.range(0, 600).forEach(i -> {
            PollSchedule other = new PollSchedule("tracker-" + i, MINUTE);
            perSixth[(int) (other.slotTime(0, 0).toEpochMilli() / 10_000)]++;
        });
        assertThat(LongStream.of(perSixth)).allMatch(count -> count > 50);
    }
}
