package io.gonkapulse.jobreporter;

import io.gonkapulse.contracts.job.JobCreator;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.jobreporter.JobReporterProperties.Transport;
import io.gonkapulse.jobreporter.publishing.EventPublisher;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reports jobs without delaying them: events wait in a bounded buffer until a thread of the reporter has sent them.
 * Thread-safe.
 *
 * <pre>{@code
 * try (ReportedJob job = reporter.start("nightly-report")) {
 *     job.stage("load");
 *     …
 *     job.succeed();
 * }
 * }</pre>
 */
public final class JobReporter implements AutoCloseable {

    private final JobReporterProperties properties;
    private final InstantSource clock;
    private final JobIdGenerator ids;
    private final @Nullable ReportPipeline pipeline;

    private JobReporter(JobReporterProperties properties, InstantSource clock, @Nullable ReportPipeline pipeline) {
        this.properties = properties;
        this.clock = clock;
        this.ids = new JobIdGenerator(clock);
        this.pipeline = pipeline;
    }

    /** Without a transport it opens no connection and no thread, and its jobs do nothing. */
    public static JobReporter open(JobReporterProperties properties, InstantSource clock) {
        return properties.transport() == Transport.OFF
                ? new JobReporter(properties, clock, null)
                : open(properties, EventPublisherFactory.create(properties), clock);
    }

    /** With a receiver of the caller's own, such as a list in a test. */
    public static JobReporter open(JobReporterProperties properties, EventPublisher publisher, InstantSource clock) {
        return open(properties, publisher, clock, System::nanoTime);
    }

    static JobReporter open(
            JobReporterProperties properties, EventPublisher publisher, InstantSource clock, LongSupplier nanoTime) {
        String incarnation = new JobIdGenerator(clock).next().toString();
        EventEncoder encoder = new EventEncoder(properties.source(), incarnation);
        return new JobReporter(
                properties, clock, new ReportPipeline(properties.bufferSize(), encoder, publisher, clock, nanoTime));
    }

    /** Starts a job of a bot, which is the kind of the job. */
    public ReportedJob start(String botId) {
        return job(botId).start();
    }

    public ReportedJob start(String botId, @Nullable JobCreator createdBy, Map<String, ?> meta) {
        return job(botId).createdBy(createdBy).meta(meta).start();
    }

    /** A job with further values. */
    public JobBuilder job(String botId) {
        return new JobBuilder(this, botId);
    }

    ReportedJob start(JobBuilder job) {
        UUID id = job.id() == null ? ids.next() : job.id();
        if (pipeline == null) {
            return new UnreportedJob(id);
        }
        return BufferedJob.start(job.context(id, clock.instant(), properties.lease()), pipeline, job.meta());
    }

    /** Events that are not sent yet. */
    public int buffered() {
        return pipeline == null ? 0 : pipeline.buffered();
    }

    public long sent(JobEventType type) {
        return pipeline == null ? 0 : pipeline.sent(type);
    }

    /** Events that the full buffer dropped, or the end of the reporter. */
    public long dropped(JobEventType type) {
        return pipeline == null ? 0 : pipeline.dropped(type);
    }

    /** Events that are invalid, or that the receiver refused. */
    public long rejected(JobEventType type) {
        return pipeline == null ? 0 : pipeline.rejected(type);
    }

    public JobReportCounts counts() {
        return pipeline == null ? new JobReportCounts(0, Map.of(), Map.of(), Map.of(), null) : pipeline.counts();
    }

    /** Waits until all events are sent, and returns false if that takes too long. */
    public boolean flush(Duration timeout) throws InterruptedException {
        return pipeline == null || pipeline.flush(timeout);
    }

    /** Sends what is buffered within the time of the properties; what remains is counted as dropped. */
    @Override
    public void close() {
        if (pipeline == null) {
            return;
        }
        try {
            pipeline.close(properties.closeTimeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
