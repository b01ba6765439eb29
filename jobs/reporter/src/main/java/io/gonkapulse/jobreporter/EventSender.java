package io.gonkapulse.jobreporter;

import io.gonkapulse.jobreporter.publishing.EncodedEvent;
import io.gonkapulse.jobreporter.publishing.EventPublisher;
import io.gonkapulse.jobreporter.publishing.PublishResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the events of the buffer in their order, and again until they are stored. Used by one thread. */
final class EventSender {

    private static final Logger LOG = LoggerFactory.getLogger(EventSender.class);

    private static final int MAX_BATCH = 500;
    private static final Duration MIN_BACK_OFF = Duration.ofMillis(200);
    private static final int MAX_DOUBLINGS = 5;

    private final EventBuffer buffer;
    private final EventEncoder encoder;
    private final EventPublisher publisher;
    private final EventCounters sent = new EventCounters();
    private final EventCounters dropped;
    private final EventCounters rejected;
    private final LostEventsReporter lostEvents;
    private List<EncodedEvent> unsent = List.of();
    private int failures;
    private boolean hasLoggedRejection;
    private volatile @Nullable String lastFailure;

    EventSender(
            EventBuffer buffer,
            EventEncoder encoder,
            EventPublisher publisher,
            EventCounters dropped,
            EventCounters rejected,
            LostEventsReporter lostEvents) {
        this.buffer = buffer;
        this.encoder = encoder;
        this.publisher = publisher;
        this.dropped = dropped;
        this.rejected = rejected;
        this.lostEvents = lostEvents;
    }

    EventCounters sent() {
        return sent;
    }

    @Nullable
    String lastFailure() {
        return lastFailure;
    }

    /** A step of a {@link DaemonLoop}. */
    long sendSome() throws InterruptedException {
        boolean isFull = false;
        if (unsent.isEmpty()) {
            List<PendingEvent> events = buffer.take(MAX_BATCH);
            if (events.isEmpty()) {
                return DaemonLoop.Step.NO_WORK;
            }
            isFull = events.size() == MAX_BATCH;
            unsent = encode(events);
            if (unsent.isEmpty()) {
                reportLostEvents();
            }
            // Not before the report: a reporter that closes waits for what is buffered.
            buffer.complete(events.size() - unsent.size());
        }
        PublishResult result = unsent.isEmpty() ? null : publisher.publish(unsent);
        if (result != null) {
            complete(result);
        }
        if (unsent.isEmpty()) {
            return isFull ? 0 : DaemonLoop.Step.NO_WORK;
        }
        return result == null ? 0 : backOff(result).toNanos();
    }

    private List<EncodedEvent> encode(List<PendingEvent> events) {
        List<EncodedEvent> encoded = new ArrayList<>(events.size());
        for (PendingEvent event : events) {
            try {
                encoded.add(encoder.encode(event));
            } catch (RuntimeException | Error e) {
                rejected.increment(event.type);
                lastFailure = e.toString();
                logRejection("Cannot report " + event.type.word() + " of a job of bot " + event.job.botId() + ": " + e);
            }
        }
        return encoded;
    }

    private void complete(PublishResult result) {
        if (result.failure() != null) {
            lastFailure = result.failure();
        }
        Set<EncodedEvent> notStored = Collections.newSetFromMap(new IdentityHashMap<>());
        notStored.addAll(result.unsent());
        notStored.addAll(result.rejected());
        unsent.stream().filter(event -> !notStored.contains(event)).forEach(event -> sent.increment(event.type()));
        result.rejected().forEach(event -> {
            rejected.increment(event.type());
            lostEvents.onRefused(event.jobId());
        });
        if (!result.rejected().isEmpty()) {
            logRejection("The receiver refused events of jobs: " + result.failure());
        }
        int completed = unsent.size() - result.unsent().size();
        logChange(result, completed > 0);
        unsent = result.unsent();
        if (unsent.isEmpty()) {
            reportLostEvents();
        }
        buffer.complete(completed);
    }

    /** The receiver is available. The report must not take the place of an event. */
    private void reportLostEvents() {
        if (buffer.isFull()) {
            return;
        }
        PendingEvent report = lostEvents.next();
        if (report != null) {
            buffer.add(report);
        }
    }

    /** Once, not for each event: the counts have the rest. */
    private void logRejection(String message) {
        if (!hasLoggedRejection) {
            LOG.warn("{} (logged once; see the counts)", message);
            hasLoggedRejection = true;
        }
    }

    private void logChange(PublishResult result, boolean hasProgress) {
        if (result.unsent().isEmpty()) {
            if (failures > 0) {
                LOG.info("Reports of jobs are sent again");
            }
            failures = 0;
        } else {
            if (failures == 0) {
                LOG.warn("Cannot send reports of jobs, retrying: {}", result.failure());
            }
            failures = hasProgress ? 1 : failures + 1;
        }
    }

    private Duration backOff(PublishResult result) {
        return result.retryAfter().orElse(MIN_BACK_OFF.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS)));
    }

    /** Gives up what is not stored. Called when no thread sends. */
    void dropRest() {
        unsent.forEach(event -> dropped.increment(event.type()));
        buffer.complete(unsent.size());
        unsent = List.of();
        buffer.clear();
    }
}
