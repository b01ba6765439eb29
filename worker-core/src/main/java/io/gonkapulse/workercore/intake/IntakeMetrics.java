package io.gonkapulse.workercore.intake;

import io.gonkapulse.servicekit.meters.Meter;
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
        received = counter(registry, Meter.RECORDS_RECEIVED, topic);
        stored = counter(registry, Meter.RECORDS_STORED, topic);
        superseded = counter(registry, Meter.RECORDS_SUPERSEDED, topic);
        deadLettered = counter(registry, Meter.RECORDS_DEAD_LETTERED, topic);
        postponed = counter(registry, Meter.BATCHES_POSTPONED, topic);
        batches = Timer.builder(Meter.BATCHES.id()).tag("topic", topic).register(registry);
    }

    private static Counter counter(MeterRegistry registry, Meter meter, String topic) {
        return Counter.builder(meter.id()).tag("topic", topic).register(registry);
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
