package io.gonkapulse.trackerpoller.polling;

import static io.gonkapulse.trackerpoller.fixtures.FakeEpochResponse.NOON;
import static io.gonkapulse.trackerpoller.fixtures.FakeEpochResponse.epochResponse;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.trackerpoller.polling.HeightWatermark.ResponseFreshness;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeightWatermarkTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final HeightWatermark watermark = new HeightWatermark(TIMEOUT);

    @Test
    void acceptsFirstResponseAtAnyHeight() {
        assertThat(watermark.classify(epochResponse().withHeight(5L))).isEqualTo(ResponseFreshness.FRESH);
        assertThat(watermark.classify(epochResponse().withHeight(null))).isEqualTo(ResponseFreshness.FRESH);
    }

    @Test
    void classifiesOldObservationAsStale() {
        assertThat(watermark.classify(epochResponse().withObservedAt(NOON.minus(TIMEOUT))))
                .isEqualTo(ResponseFreshness.FRESH);
        assertThat(watermark.classify(
                        epochResponse().withObservedAt(NOON.minus(TIMEOUT).minusMillis(1))))
                .isEqualTo(ResponseFreshness.STALE);
    }

    @Test
    void classifiesLowerHeightAsOutdated() {
        watermark.advance(epochResponse().withHeight(1_000L));
        assertThat(watermark.classify(epochResponse().withHeight(999L))).isEqualTo(ResponseFreshness.OUTDATED);
        assertThat(watermark.classify(epochResponse().withHeight(1_000L))).isEqualTo(ResponseFreshness.FRESH);
        assertThat(watermark.classify(epochResponse().withHeight(1_001L))).isEqualTo(ResponseFreshness.FRESH);
    }

    @Test
    void keepsHeightWhenResponseHasNone() {
        watermark.advance(epochResponse().withHeight(1_000L));
        watermark.advance(epochResponse().withHeight(null));
        assertThat(watermark.classify(epochResponse().withHeight(999L))).isEqualTo(ResponseFreshness.OUTDATED);
    }

    @Test
    void acceptsLowerHeightAfterTimeout() {
        watermark.advance(epochResponse().withHeight(9_000_000_000L));
        watermark.recordOutdated(NOON);
        watermark.recordOutdated(NOON.plus(TIMEOUT));
        assertThat(watermark.classify(epochResponse().withHeight(1_000L))).isEqualTo(ResponseFreshness.OUTDATED);

        watermark.recordOutdated(NOON.plus(TIMEOUT).plusMillis(1));
        assertThat(watermark.classify(epochResponse().withHeight(1_000L))).isEqualTo(ResponseFreshness.FRESH);
    }

    @Test
    void restartsTimeoutWhenTrackerCatchesUp() {
        watermark.advance(epochResponse().withHeight(1_000L));
        watermark.recordOutdated(NOON);
        watermark.advance(epochResponse().withHeight(1_001L));
        watermark.recordOutdated(NOON.plus(TIMEOUT).plusMillis(1));
        assertThat(watermark.classify(epochResponse().withHeight(1_000L))).isEqualTo(ResponseFreshness.OUTDATED);
    }
}
