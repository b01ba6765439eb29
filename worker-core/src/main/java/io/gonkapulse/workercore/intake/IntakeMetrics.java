package io.gonkapulse.workercore.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/**
 * Meters of one topic. Whatever happens, {@code received = stored + superseded + dead.lettered}: all four are counted
 * together, when the transaction of the batch has been committed.
 */
final class IntakeMetrics {

    private final Counter received;
    private final Counter stored;
    private final Counter superseded;
    private final Counter deadLettered;
    private final Counter postponed;
    private final Timer batches;

    IntakeMetrics(MeterRegistry registry, String topic) {
        received = counter(registry, "gonkapulse.records.received", topic);
        stored = counter(registry, "gonkapulse.records.stored", topic);
        superseded = counter(registry, "gonkapulse.records.superseded", topic);
        deadLettered = counter(registry, "gonkapulse.records.dead.lettered", topic);
        postponed = counter(registry, "gonkapulse.batches.postponed", topic);
        batches = Timer.builder("gonkapulse.batches").tag("topic", topic).register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String topic) {
        return Counter.builder(name).tag("topic", topic).register(registry);
    }

    void finished(int records, Tally tally) {
        received.increment(records);
        stored.increment((double) tally.stored());
        superseded.increment((double) tally.superseded());
        deadLettered.increment((double) tally.deadLettered());
    }

    /** The surroundings failed; the container will bring the batch again. */
    void postponed() {
        postponed.increment();
    }

    <T> T timed(Supplier<T> work) {
        return batches.record(work);
    }
}
