package io.gonkapulse.trackerpoller.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BeatTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Beat beat = new Beat("demo", MINUTE);

    @Test
    void fallsOnTheSameGridForEveryOwner() {
        long number = beat.at(NOON);
        assertThat(new Beat("demo", MINUTE).due(number, 0)).isEqualTo(beat.due(number, 0));
        assertThat(beat.due(number, 0)).isAfter(NOON.minus(MINUTE)).isBeforeOrEqualTo(NOON);
        assertThat(beat.at(beat.due(number + 1, 0))).isEqualTo(number + 1);
        assertThat(beat.at(beat.due(number + 1, 0).minusMillis(1))).isEqualTo(number);
    }

    @Test
    void doesNotDriftHoweverTheJitterFalls() {
        Random random = new Random(3);
        Instant now = NOON;
        long first = beat.at(now);
        for (int i = 1; i <= 10_000; i++) {
            now = beat.due(beat.at(now) + 1, random.nextDouble());
            assertThat(beat.at(now)).isEqualTo(first + i);
        }
        assertThat(now).isBetween(beat.due(first + 10_000, 0), beat.due(first + 10_000, 1));
    }

    @Test
    void keepsJitterWithinATenthOfTheInterval() {
        assertThat(Duration.between(beat.due(7, 0), beat.due(7, 1))).isEqualTo(Duration.ofSeconds(6));
        assertThat(Duration.between(beat.due(7, 0), beat.due(8, 1))).isEqualTo(beat.longest());
    }

    @Test
    void spreadsTrackersOverTheInterval() {
        long[] perSixth = new long[6];
        IntStream.range(0, 600).forEach(i -> {
            Beat other = new Beat("tracker-" + i, MINUTE);
            perSixth[(int) (other.due(0, 0).toEpochMilli() / 10_000)]++;
        });
        assertThat(LongStream.of(perSixth)).allMatch(count -> count > 50);
    }
}
