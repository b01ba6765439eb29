package io.gonkapulse.jobreporter;

import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.jobreporter.publishing.EventPublisher;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** From the jobs to the receiver: buffer, heartbeats, and the thread that sends. Thread-safe. */
final class ReportPipeline {

    /** The longest delay of an event while its receiver is available. */
    private static final long SEND_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** How long the sender may need to notice that it was stopped. */
    private static final long STOP_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final EventCounters dropped = new EventCounters();
    private final EventCounters rejected = new EventCounters();
    private final EventBuffer buffer;
    private final EventPublisher publisher;
    private final EventSender sender;
    private final DaemonLoop sendLoop;
    private final HeartbeatSchedule heartbeats = new HeartbeatSchedule();
    private volatile boolean closed;

    ReportPipeline(
            int bufferSize,
            EventEncoder encoder,
            EventPublisher publisher,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.buffer = new EventBuffer(bufferSize, dropped);
        this.publisher = publisher;
        this.sender = new EventSender(
                buffer,
                encoder,
                publisher,
                dropped,
                rejected,
                new LostEventsReporter(dropped, rejected, clock, nanoTime));
        this.sendLoop = new DaemonLoop("job-reporter-sender", SEND_INTERVAL_NANOS, sender::sendSome);
        sendLoop.start();
        heartbeats.start();
    }

    Instant now() {
        return clock.instant();
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    HeartbeatSchedule heartbeats() {
        return heartbeats;
    }

    void add(PendingEvent event) {
        if (closed) {
            dropped.increment(event.type);
            return;
        }
        buffer.add(event);
        sendLoop.wake();
    }

    int buffered() {
        return buffer.size();
    }

    long sent(JobEventType type) {
        return sender.sent().get(type);
    }

    long dropped(JobEventType type) {
        return dropped.get(type);
    }

    long rejected(JobEventType type) {
        return rejected.get(type);
    }

    JobReportCounts counts() {
        return new JobReportCounts(
                buffer.size(), sender.sent().toMap(), dropped.toMap(), rejected.toMap(), sender.lastFailure());
    }

    boolean flush(Duration timeout) throws InterruptedException {
        sendLoop.hurry();
        return buffer.awaitEmpty(timeout.toNanos());
    }

    /** Sends what is buffered within the time, and drops the rest. */
    synchronized void close(Duration timeout) throws InterruptedException {
        if (closed) {
            return;
        }
        try {
            heartbeats.stop(STOP_TIMEOUT_NANOS);
            flush(timeout);
        } finally {
            closed = true;
            sendLoop.stop(STOP_TIMEOUT_NANOS);
            sender.dropRest();
            publisher.close();
        }
    }
}
