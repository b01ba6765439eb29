package io.gonkapulse.jobreporter;

import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.jobreporter.JobReporterProperties.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A reporter with a time that the test sets, and a receiver that it may pause. */
final class TestReporter implements AutoCloseable {

    final SettableTime time = new SettableTime();
    final PausablePublisher publisher = new PausablePublisher();
    final JobReporter reporter;

    TestReporter() {
        this(JobReporterProperties.DEFAULT_BUFFER_SIZE);
    }

    TestReporter(int bufferSize) {
        reporter = JobReporter.open(properties(bufferSize), publisher, time, time);
    }

    private static JobReporterProperties properties(int bufferSize) {
        return new JobReporterProperties(
                Transport.KAFKA,
                Map.of("bootstrap.servers", "unused:9092"),
                null,
                null,
                "test",
                bufferSize,
                JobReporterProperties.DEFAULT_LEASE,
                Duration.ofSeconds(30));
    }

    /** Closes the reporter and returns everything that it sent. */
    List<JobEvent> closeAndRead() {
        close();
        return publisher.events();
    }

    @Override
    public void close() {
        publisher.resume();
        reporter.close();
    }
}
