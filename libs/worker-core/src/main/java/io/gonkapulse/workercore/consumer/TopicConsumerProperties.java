package io.gonkapulse.workercore.consumer;

import io.gonkapulse.servicekit.settings.SettingException;
import io.gonkapulse.servicekit.settings.SettingLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.util.unit.DataSize;

/**
 * How topics are consumed.
 *
 * @param threads number of threads for the topic of snapshots; each has its own connection
 * @param maxRecords maximum number of records in a batch
 * @param maxPartitionFetch maximum bytes of one partition in a fetch; multiplied by the partitions
 *      it bounds the memory
 * @param maxUncompressedBatch maximum uncompressed size of a batch; a larger one becomes one dead
 *      letter
 * @param initialBackOff delay of the first retry after a transient failure
 * @param maxBackOff the delay doubles up to this one
 */
@ConfigurationProperties("consumer")
public record TopicConsumerProperties(
        @DefaultValue("2") int threads,
        @DefaultValue("20000") int maxRecords,
        @DefaultValue("2MB") DataSize maxPartitionFetch,
        @DefaultValue("32MB") DataSize maxUncompressedBatch,
        @DefaultValue("500ms") Duration initialBackOff,
        @DefaultValue("10s") Duration maxBackOff) {

    /** Kafka's default max.request.size: a smaller limit would reject ordinary records. */
    private static final long MIN_UNCOMPRESSED_BYTES = 1 << 20;

    public TopicConsumerProperties {
        SettingLimits.requireAtLeast("CONSUMER_THREADS", threads, 1);
        SettingLimits.requireAtLeast("CONSUMER_MAX_RECORDS", maxRecords, 1);
        requireIntRange("CONSUMER_MAX_PARTITION_FETCH", maxPartitionFetch, 1);
        requireIntRange("CONSUMER_MAX_UNCOMPRESSED_BATCH", maxUncompressedBatch, MIN_UNCOMPRESSED_BYTES);
        SettingLimits.requireAtLeast("CONSUMER_INITIAL_BACK_OFF", initialBackOff, Duration.ofMillis(1));
        if (maxBackOff.compareTo(initialBackOff) < 0) {
            throw new SettingException("CONSUMER_MAX_BACK_OFF is " + SettingLimits.format(maxBackOff)
                    + ", shorter than CONSUMER_INITIAL_BACK_OFF, which is " + SettingLimits.format(initialBackOff)
                    + ": set one of them");
        }
    }

    /** Back-off that never gives up. */
    public ExponentialBackOff backOff() {
        ExponentialBackOff backOff = new ExponentialBackOff(initialBackOff.toMillis(), 2);
        backOff.setMaxInterval(maxBackOff.toMillis());
        return backOff;
    }

    /** Kafka's setting is an int. */
    private static void requireIntRange(String name, DataSize size, long least) {
        if (size.toBytes() < least || size.toBytes() > Integer.MAX_VALUE) {
            throw new SettingException(
                    name + ": expected " + least + "B to " + Integer.MAX_VALUE + "B, got " + size.toBytes() + "B");
        }
    }
}
