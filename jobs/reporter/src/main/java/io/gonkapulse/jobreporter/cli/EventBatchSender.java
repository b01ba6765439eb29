package io.gonkapulse.jobreporter.cli;

import io.gonkapulse.jobreporter.publishing.EncodedEvent;
import io.gonkapulse.jobreporter.publishing.EventPublisher;
import io.gonkapulse.jobreporter.publishing.PublishResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends events in batches, and again until they are stored or nothing was stored for a time. */
final class EventBatchSender {

    private static final int BATCH = 500;
    private static final Duration BACK_OFF = Duration.ofSeconds(1);

    private final EventPublisher publisher;
    private final long timeoutNanos;
    private final Semaphore never = new Semaphore(0);
    private List<EncodedEvent> batch = new ArrayList<>();
    private long sent;
    private long rejected;
    private @Nullable String lastFailure;

    EventBatchSender(EventPublisher publisher, Duration timeout) {
        this.publisher = publisher;
        this.timeoutNanos = timeout.toNanos();
    }

    void add(List<EncodedEvent> events) throws InterruptedException, ReceiverUnavailableException {
        batch.addAll(events);
        if (batch.size() >= BATCH) {
            flush();
        }
    }

    void flush() throws InterruptedException, ReceiverUnavailableException {
        long deadline = System.nanoTime() + timeoutNanos;
        while (!batch.isEmpty()) {
            PublishResult result = publisher.publish(batch);
            int done = batch.size() - result.unsent().size();
            sent += done - result.rejected().size();
            rejected += result.rejected().size();
            lastFailure = result.failure() == null ? lastFailure : result.failure();
            batch = new ArrayList<>(result.unsent());
            if (done > 0) {
                deadline = System.nanoTime() + timeoutNanos;
            } else {
                pause(result.retryAfter().orElse(BACK_OFF), deadline - System.nanoTime());
            }
        }
    }

    private void pause(Duration time, long restNanos) throws InterruptedException, ReceiverUnavailableException {
        if (restNanos <= 0 || never.tryAcquire(Math.min(time.toNanos(), restNanos), TimeUnit.NANOSECONDS)) {
            throw new ReceiverUnavailableException();
        }
    }

    /** Nothing was stored for the whole time. */
    static final class ReceiverUnavailableException extends IOException {

        private static final long serialVersionUID = 1L;
    }

    long sent() {
        return sent;
    }

    long rejected() {
        return rejected;
    }

    /** Refused by the receiver, or not sent in time. */
    long notSent() {
        return rejected + batch.size();
    }

    @Nullable
    String lastFailure() {
        return lastFailure;
    }
}
