package io.gonkapulse.jobreporter;

import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.LostEventsReport;
import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.jobreporter.publishing.EncodedEvent;
import io.gonkapulse.jobreporter.publishing.EventPublisher;
import io.gonkapulse.jobreporter.publishing.PublishResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps the events; the test decides when it accepts them. */
final class PausablePublisher implements EventPublisher {

    private static final long TIMEOUT_SECONDS = 60;

    private final JobEventCodec codec = new JobEventCodec();
    private final List<JobEvent> events = new CopyOnWriteArrayList<>();
    private final List<JobEvent> lostEventsReports = new CopyOnWriteArrayList<>();
    private final CountDownLatch entered = new CountDownLatch(1);
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private final AtomicInteger failuresLeft = new AtomicInteger();
    private volatile boolean closed;

    void pause() {
        gate = new CountDownLatch(1);
    }

    void resume() {
        gate.countDown();
    }

    void fail(int times) {
        failuresLeft.set(times);
    }

    /** Returns when a call waits. */
    void awaitCall() throws InterruptedException {
        if (!entered.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("Expected a call, got none");
        }
    }

    @Override
    public PublishResult publish(List<EncodedEvent> encoded) throws InterruptedException {
        entered.countDown();
        if (!gate.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            return new PublishResult(encoded, List.of(), "paused", Optional.empty());
        }
        if (failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return new PublishResult(encoded, List.of(), "unavailable", Optional.of(Duration.ofMillis(1)));
        }
        for (EncodedEvent json : encoded) {
            JobEvent event = codec.decode(json.json());
            boolean isReport = LostEventsReport.BOT.equals(event.description().botId());
            (isReport ? lostEventsReports : events).add(event);
        }
        return new PublishResult(List.of(), List.of(), null, Optional.empty());
    }

    /** What the reporter says about events that it lost. */
    List<JobEvent> lostEventsReports() {
        return lostEventsReports;
    }

    List<JobEvent> events() {
        return events;
    }

    List<String> words() {
        return events.stream().map(event -> event.type().word()).toList();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
