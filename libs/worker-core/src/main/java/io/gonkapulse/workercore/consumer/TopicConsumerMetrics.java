package io.gonkapulse.workercore.consumer;

import io.gonkapulse.servicekit.observability.PulseMeter;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Meters of one topic. {@code received = stored + superseded + dead.lettered} always holds: all
 * four are counted together, after the transaction of the batch is committed.
 */
final class TopicConsumerMetrics {

    private static final double MILLIS = 1_000.0;

    private final Counter received;
    private final Counter stored;
    private final Counter superseded;
    private final Counter deadLettered;
    private final Counter batchesRetried;
    private final Timer batches;
    private final AtomicLong lastRecordMillis = new AtomicLong();

    TopicConsumerMetrics(MeterRegistry registry, String topic) {
        received = counter(registry, PulseMeter.RECORDS_RECEIVED, topic);
        stored = counter(registry, PulseMeter.RECORDS_STORED, topic);
        superseded = counter(registry, PulseMeter.RECORDS_SUPERSEDED, topic);
        deadLettered = counter(registry, PulseMeter.RECORDS_DEAD_LETTERED, topic);
        batchesRetried = counter(registry, PulseMeter.BATCHES_RETRIED, topic);
        batches = Timer.builder(PulseMeter.BATCHES.id())
                .description(PulseMeter.BATCHES.description())
                .tag("topic", topic)
                .register(registry);
        Gauge.builder(
                        PulseMeter.CONSUMER_APPLIED_AGE.id(),
                        () -> appliedAgeSeconds(registry.config().clock()))
                .baseUnit(PulseMeter.CONSUMER_APPLIED_AGE.unit())
                .description(PulseMeter.CONSUMER_APPLIED_AGE.description())
                .tag("topic", topic)
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, PulseMeter meter, String topic) {
        return Counter.builder(meter.id())
                .description(meter.description())
                .tag("topic", topic)
                .register(registry);
    }

    private double appliedAgeSeconds(Clock clock) {
        long newest = lastRecordMillis.get();
        return newest == 0 ? Double.NaN : (clock.wallTime() - newest) / MILLIS;
    }

    void countBatch(ConsumerBatch batch, BatchCounts counts) {
        lastRecordMillis.set(batch.timestamp(batch.size() - 1));
        received.increment((double) counts.received());
        stored.increment((double) counts.stored());
        superseded.increment((double) counts.superseded());
        deadLettered.increment((double) counts.deadLettered());
    }

    /** Counts a transient failure; the container will deliver the batch again. */
    void countRetry() {
        batchesRetried.increment();
    }

    Timer batches() {
        return batches;
    }
}
