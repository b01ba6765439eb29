package io.gonkapulse.benchmarks.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void sharesAreOfAllAnswers() {
        Latencies latencies = new Latencies();
        for (int millis = 1; millis <= 100; millis++) {
            latencies.add(TimeUnit.MILLISECONDS.toNanos(millis) - 1);
        }

        assertThat(latencies.millis(0.5)).isEqualTo(50);
        assertThat(latencies.millis(0.99)).isEqualTo(99);
        assertThat(latencies.millis(1)).isEqualTo(100);
        assertThat(latencies.total()).isEqualTo(100);
    }

    @Test
    void nothingIsNoTime() {
        assertThat(new Latencies().millis(0.99)).isZero();
    }

    /** A server that answers late gets no fewer requests for it, and the wait counts. */
    @Test
    void arrivalsDoNotWaitForAnswers() {
        Arrivals arrivals = new Arrivals(0, 1000);
        long late = TimeUnit.MILLISECONDS.toNanos(10);

        assertThat(arrivals.take(late)).isZero();
        assertThat(arrivals.take(late)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(arrivals.due(late)).isTrue();
    }
}
