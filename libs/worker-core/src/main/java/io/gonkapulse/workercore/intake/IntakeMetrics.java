package io.gonkapulse.workercore.intake;

import io.gonkapulse.servicekit.meters.Meter;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Meters of one topic. Whatever happens, {@code received = stored + superseded + dead.lettered}: all four are counted
 * together, when the transaction of the batch has been committed.
 */
final class IntakeMetrics {

    private static final double MILLIS = 1_000.0;

    private final Counter received;
    private final Counter stored;
    private final Counter superseded;
    private final Counter deadLettered;
    private final Counter postponed;
    private final Timer batches;
    private final AtomicLong newestApplied = new AtomicLong();

    IntakeMetrics(MeterRegistry registry, String topic) {
        received = counter(registry, Meter.RECORDS_RECEIVED, topic);
        stored = counter(registry, Meter.RECORDS_STORED, topic);
        superseded = counter(registry, Meter.RECORDS_SUPERSEDED, topic);
        deadLettered = counter(registry, Meter.RECORDS_DEAD_LETTERED, topic);
        postponed = counter(registry, Meter.BATCHES_POSTPONED, topic);
        batches = Timer.builder(Meter.BATCHES.id()).tag("topic", topic).register(registry);
        Gauge.builder(
                        Meter.CONSUMER_APPLIED_AGE.id(),
                        () -> age(registry.config().clock()))
                .baseUnit(Meter.CONSUMER_APPLIED_AGE.unit())
                .tag("topic", topic)
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, Meter meter, String topic) {
        return Counter.builder(meter.id()).tag("topic", topic).register(registry);
    }

    private double age(Clock clock) {
        long newest = newestApplied.get();
        return newest == 0 ? Double.NaN : (clock.wallTime() - newest) / MILLIS;
    }

    void finished(Batch batch, Tally tally) {
        newestApplied.set(batch.timestamp(batch.size() - 1));
        received.increment((double) tally.received());
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
