package io.gonkapulse.jobreporter;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventType;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LostEventsReporterTest {

    private final EventCounters dropped = new EventCounters();
    private final EventCounters rejected = new EventCounters();
    private final SettableTime time = new SettableTime();
    private final LostEventsReporter lostEvents = new LostEventsReporter(dropped, rejected, time, time);

    @Test
    void countsByTypeSinceLastReport() {
        assertThat(lostEvents.next()).isNull();
        dropped.increment(JobEventType.HEARTBEAT);
        dropped.increment(JobEventType.HEARTBEAT);
        rejected.increment(JobEventType.FAILED);

        assertThat(requireNonNull(lostEvents.next()).payload)
                .isEqualTo(Map.of("heartbeat", 2L, "failed", 1L, "events", 3L));

        dropped.increment(JobEventType.HEARTBEAT);
        assertThat(lostEvents.next()).as("too soon").isNull();
        time.advance(Duration.ofMinutes(1));
        assertThat(requireNonNull(lostEvents.next()).payload).isEqualTo(Map.of("heartbeat", 1L, "events", 1L));
    }

    @Test
    void refusedReportIsTheLast() {
        dropped.increment(JobEventType.STARTED);
        PendingEvent report = requireNonNull(lostEvents.next());

        rejected.increment(JobEventType.SUCCEEDED);
        lostEvents.onRefused(report.job.id());
        time.advance(Duration.ofHours(1));

        assertThat(lostEvents.next()).isNull();
    }

    @Test
    void reportFollowsTheEventsThatAreLeft() throws InterruptedException {
        TestReporter test = new TestReporter(4);
        test.publisher.pause();
        ReportedJob job = test.reporter.start("a");
        test.publisher.awaitCall();
        for (int i = 0; i < 5; i++) {
            job.progress(Map.of("done", i));
        }
        job.succeed();

        test.close();

        JobEvent report = test.publisher.lostEventsReports().get(0);
        assertThat(report.type()).isEqualTo(JobEventType.SUCCEEDED);
        assertThat(report.details().result()).isEqualTo("{\"progress\":3,\"events\":3}");
        assertThat(report.origin().source()).isEqualTo("test");
    }
}
