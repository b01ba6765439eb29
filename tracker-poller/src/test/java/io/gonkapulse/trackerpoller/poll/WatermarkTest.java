package io.gonkapulse.trackerpoller.poll;

import static io.gonkapulse.trackerpoller.fixtures.Answers.NOON;
import static io.gonkapulse.trackerpoller.fixtures.Answers.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.trackerpoller.poll.Watermark.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatermarkTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Watermark watermark = new Watermark(PATIENCE);

    @Test
    void takesTheFirstAnswerAtWhateverHeight() {
        assertThat(watermark.judge(answer().at(5L))).isEqualTo(Verdict.FRESH);
        assertThat(watermark.judge(answer().at(null))).isEqualTo(Verdict.FRESH);
    }

    @Test
    void callsAnAnswerOldWhenItSpeaksOfAMomentLongAgo() {
        assertThat(watermark.judge(answer().observed(NOON.minus(PATIENCE)))).isEqualTo(Verdict.FRESH);
        assertThat(watermark.judge(answer().observed(NOON.minus(PATIENCE).minusMillis(1))))
                .isEqualTo(Verdict.STALE);
    }

    @Test
    void letsNoLowerHeightPassOnceAHigherOneWasPublished() {
        watermark.reached(answer().at(1_000L));
        assertThat(watermark.judge(answer().at(999L))).isEqualTo(Verdict.BEHIND);
        assertThat(watermark.judge(answer().at(1_000L))).isEqualTo(Verdict.FRESH);
        assertThat(watermark.judge(answer().at(1_001L))).isEqualTo(Verdict.FRESH);
    }

    @Test
    void keepsTheHeightWhenAnAnswerNamesNone() {
        watermark.reached(answer().at(1_000L));
        watermark.reached(answer().at(null));
        assertThat(watermark.judge(answer().at(999L))).isEqualTo(Verdict.BEHIND);
    }

    @Test
    void believesALowerHeightThatIsToldForLong() {
        watermark.reached(answer().at(9_000_000_000L));
        watermark.behind(NOON);
        watermark.behind(NOON.plus(PATIENCE));
        assertThat(watermark.judge(answer().at(1_000L))).isEqualTo(Verdict.BEHIND);

        watermark.behind(NOON.plus(PATIENCE).plusMillis(1));
        assertThat(watermark.judge(answer().at(1_000L))).isEqualTo(Verdict.FRESH);
    }

    @Test
    void startsItsPatienceAnewWhenTheTrackerCatchesUpInBetween() {
        watermark.reached(answer().at(1_000L));
        watermark.behind(NOON);
        watermark.reached(answer().at(1_001L));
        watermark.behind(NOON.plus(PATIENCE).plusMillis(1));
        assertThat(watermark.judge(answer().at(1_000L))).isEqualTo(Verdict.BEHIND);
    }
}
