package io.gonkapulse.chaos;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.jobreporter.JobReporter;
import io.gonkapulse.jobreporter.JobReporterProperties;
import io.gonkapulse.jobreporter.ReportedJob;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Reports jobs without a pause and remembers how each ended. One worker dies at the beginning, so its job has to be
 * lost in the end.
 */
final class ReportingWorkers implements AutoCloseable {

    static final String BOT = "chaos.job";

    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final long STEP_MILLIS = 200;
    private static final int OPEN_JOBS = 10;

    private final JobReporter reporter;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Deque<ReportedJob> open = new ArrayDeque<>();

    /** Written by the thread until {@link #stop}. */
    private final Map<UUID, String> states = new HashMap<>();

    private final JobReporter deadReporter;
    private final UUID deadJob;
    private final Future<?> loop;

    ReportingWorkers(String bootstrapServers, InstantSource clock) {
        JobReporterProperties properties = JobReporterProperties.fromEnvironment(
                Map.of("JOBS_REPORT", "kafka", "KAFKA_BOOTSTRAP_SERVERS", bootstrapServers, "JOBS_LEASE", "5s"),
                "chaos");
        reporter = JobReporter.open(properties, clock);
        deadReporter = JobReporter.open(properties, clock);
        deadJob = deadReporter.start(BOT).id();
        states.put(deadJob, "failed true");
        loop = thread.scheduleWithFixedDelay(this::step, 0, STEP_MILLIS, MILLISECONDS);
    }

    private void step() {
        ReportedJob started = reporter.start(BOT);
        started.stage("load");
        open.add(started);
        if (open.size() > OPEN_JOBS) {
            open.element().stage("store");
            end(open.remove());
        }
    }

    private void end(ReportedJob job) {
        switch (states.size() % 3) {
            case 0 -> {
                job.fail("Timeout", "no answer", null);
                states.put(job.id(), "failed false");
            }
            case 1 -> {
                job.cancel("no longer wanted");
                states.put(job.id(), "canceled false");
            }
            default -> {
                job.succeed(Map.of("rows", states.size()));
                states.put(job.id(), "succeeded false");
            }
        }
    }

    /** Kafka has the job of the worker that dies now. */
    void letOneDie() throws InterruptedException {
        assertThat(deadReporter.flush(TIMEOUT)).isTrue();
        deadReporter.close();
    }

    /** Ends all jobs. Returns when Kafka has every event. */
    void stop() throws InterruptedException {
        assertThat(loop).isNotDone();
        thread.shutdown();
        assertThat(thread.awaitTermination(TIMEOUT.toSeconds(), SECONDS)).isTrue();
        open.forEach(this::end);
        assertThat(reporter.flush(TIMEOUT)).isTrue();
        assertThat(reporter.counts().lost()).isZero();
    }

    /** The final state of each job, and whether it is lost. */
    Map<UUID, String> states() {
        return states;
    }

    /** The only job that may be reported as lost. */
    UUID deadJob() {
        return deadJob;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        reporter.close();
        deadReporter.close();
    }
}
