package io.gonkapulse.jobrecorder;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.job.JobAttempt;
import io.gonkapulse.contracts.job.JobCreator;
import io.gonkapulse.contracts.job.JobDescription;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventDetails;
import io.gonkapulse.contracts.job.JobEventOrigin;
import io.gonkapulse.contracts.job.JobEventOrigin.Reporter;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.jobreporter.JobReporter;
import io.gonkapulse.jobreporter.ReportedJob;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestTopicReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Owns jobs until they end, as a bot platform does: it accepts them, hands them to workers, and decides about wishes to
 * cancel. It cancels jobs that wait and refuses to cancel jobs that run.
 */
final class SimulatedQueue implements AutoCloseable {

    static final String BOT = "nightly-report";

    private static final String TOPIC = KafkaTopic.JOB_EVENTS.name();

    private final JobEventCodec codec = new JobEventCodec();
    private final TestBroker broker;
    private final TestTopicReader topic;
    private final JobReporter workers;
    private final InstantSource clock;

    /** Waiting jobs by the time at which they were accepted. */
    private final Map<UUID, Instant> waiting = new HashMap<>();

    private final Set<UUID> refused = new HashSet<>();
    private int submitted;

    /** @param workers reports what the workers do */
    SimulatedQueue(TestBroker broker, JobReporter workers, InstantSource clock) {
        this.broker = broker;
        this.topic = broker.reader(TOPIC);
        this.workers = workers;
        this.clock = clock;
    }

    UUID submit() {
        submitted++;
        Instant now = clock.instant();
        UUID job = new UUID((now.toEpochMilli() << 16) | 0x7000, Long.MIN_VALUE + submitted);
        accept(job, 1);
        return job;
    }

    /** A job that failed waits for another attempt. */
    void retry(UUID job, int attempt) {
        accept(job, attempt);
    }

    private void accept(UUID job, int attempt) {
        Instant now = clock.instant();
        waiting.put(job, now);
        publish(job, JobEventType.ACCEPTED, attempt, new JobCreator("ops", "admin", now));
    }

    /** A worker takes the job. */
    ReportedJob start(UUID job, int attempt) {
        Instant acceptedAt = requireNonNull(waiting.remove(job), "a waiting job");
        return workers.job(BOT).id(job).attempt(attempt).acceptedAt(acceptedAt).start();
    }

    /** Decides about the wishes since the last call. */
    void answerCancelRequests() {
        for (TestTopicReader.TestTopicRecord record : topic.read()) {
            JobEvent event = codec.decode(record.requireValue());
            if (event.type() == JobEventType.CANCEL_REQUESTED) {
                answer(event);
            }
        }
    }

    private void answer(JobEvent wish) {
        if (waiting.remove(wish.jobId()) == null) {
            refused.add(wish.jobId());
        } else {
            publish(wish.jobId(), JobEventType.CANCELED, wish.attempt().number(), null);
        }
    }

    /** It did not know yet that a worker has the job. */
    void cancelAlthoughTaken(UUID job) {
        publish(job, JobEventType.CANCELED, 1, null);
    }

    /** Jobs that a user wished to cancel while they ran. */
    Set<UUID> refused() {
        return refused;
    }

    private void publish(UUID job, JobEventType type, int attempt, @Nullable JobCreator creator) {
        JobEvent event = new JobEvent(
                job,
                type,
                clock.instant(),
                new JobEventOrigin(
                        "queue", null, null, type == JobEventType.CANCELED ? Reporter.QUEUE : Reporter.EXECUTOR),
                new JobDescription(BOT, creator, null, null),
                new JobAttempt(attempt, waiting.get(job), null, null, null),
                JobEventDetails.NONE);
        broker.publish(TOPIC, job.toString(), codec.encode(event));
    }

    @Override
    public void close() {
        topic.close();
    }
}
