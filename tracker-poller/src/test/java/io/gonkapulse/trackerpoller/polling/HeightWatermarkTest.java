package io.gonkapulse.trackerpoller.polling;

import static io.gonkapulse.trackerpoller.fixtures.FakeEpochResponse.NOON;
import static io.gonkapulse.trackerpoller.fixtures.FakeEpochResponse.epochResponse;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.trackerpoller.fixtures.FakeEpochResponse;
import io.gonkapulse.trackerpoller.polling.PolledResponse.FreshResponse;
import io.gonkapulse.trackerpoller.polling.PolledResponse.OutdatedResponse;
import io.gonkapulse.trackerpoller.polling.PolledResponse.StaleResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeightWatermarkTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final HeightWatermark watermark = new HeightWatermark(TIMEOUT);

    @Test
    void acceptsFirstResponseAtAnyHeight() {
        assertThat(classify(epochResponse().withHeight(5L))).isInstanceOf(FreshResponse.class);
        assertThat(classify(epochResponse().withHeight(null))).isInstanceOf(FreshResponse.class);
    }

    @Test
    void classifiesOldObservationAsStale() {
        assertThat(classify(epochResponse().withObservedAt(NOON.minus(TIMEOUT))))
                .isInstanceOf(FreshResponse.class);
        assertThat(classify(epochResponse().withObservedAt(NOON.minus(TIMEOUT).minusMillis(1))))
                .isInstanceOf(StaleResponse.class);
    }

    @Test
    void classifiesLowerHeightAsOutdated() {
        watermark.advance(epochResponse().withHeight(1_000L));
        assertThat(classify(epochResponse().withHeight(999L))).isInstanceOf(OutdatedResponse.class);
        assertThat(classify(epochResponse().withHeight(1_000L))).isInstanceOf(FreshResponse.class);
        assertThat(classify(epochResponse().withHeight(1_001L))).isInstanceOf(FreshResponse.class);
    }

    @Test
    void keepsHeightWhenResponseHasNone() {
        watermark.advance(epochResponse().withHeight(1_000L));
        watermark.advance(epochResponse().withHeight(null));
        assertThat(classify(epochResponse().withHeight(999L))).isInstanceOf(OutdatedResponse.class);
    }

    @Test
    void acceptsLowerHeightAfterTimeout() {
        watermark.advance(epochResponse().withHeight(9_000_000_000L));
        watermark.recordOutdated(NOON);
        watermark.recordOutdated(NOON.plus(TIMEOUT));
        assertThat(classify(epochResponse().withHeight(1_000L))).isInstanceOf(OutdatedResponse.class);

        watermark.recordOutdated(NOON.plus(TIMEOUT).plusMillis(1));
        assertThat(classify(epochResponse().withHeight(1_000L))).isInstanceOf(FreshResponse.class);
    }

    @Test
    void restartsTimeoutWhenTrackerCatchesUp() {
        watermark.advance(epochResponse().withHeight(1_000L));
        watermark.recordOutdated(NOON);
        watermark.advance(epochResponse().withHeight(1_001L));
        watermark.recordOutdated(NOON.plus(TIMEOUT).plusMillis(1));
        assertThat(classify(epochResponse().withHeight(1_000L))).isInstanceOf(OutdatedResponse.class);
    }

    private PolledResponse classify(FakeEpochResponse response) {
        return watermark.classify("http://127.0.0.1", ParticipantIndex.scan(response));
    }
}
