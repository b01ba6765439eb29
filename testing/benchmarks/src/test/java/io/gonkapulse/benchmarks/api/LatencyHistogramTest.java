package io.gonkapulse.benchmarks.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.benchmarks.api.LoadGeneratorMain.ArrivalSchedule;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

    @Test
    void percentilesCoverAllSamples() {
        LatencyHistogram histogram = new LatencyHistogram();
        for (int millis = 1; millis <= 100; millis++) {
            histogram.record(TimeUnit.MILLISECONDS.toNanos(millis) - 1);
        }

        assertThat(histogram.percentileMillis(0.5)).isEqualTo(50);
        assertThat(histogram.percentileMillis(0.99)).isEqualTo(99);
        assertThat(histogram.percentileMillis(1)).isEqualTo(100);
        assertThat(histogram.count()).isEqualTo(100);
    }

    @Test
    void percentileOfNoSamplesIsZero() {
        assertThat(new LatencyHistogram().percentileMillis(0.99)).isZero();
    }

    /** A slow server does not lower the request rate, and the wait counts as latency. */
    @Test
    void arrivalsDoNotWaitForResponses() {
        ArrivalSchedule schedule = new ArrivalSchedule(0, 1000);
        long late = TimeUnit.MILLISECONDS.toNanos(10);

        assertThat(schedule.scheduleNext(late)).isZero();
        assertThat(schedule.scheduleNext(late)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(schedule.isDue(late)).isTrue();
    }
}
