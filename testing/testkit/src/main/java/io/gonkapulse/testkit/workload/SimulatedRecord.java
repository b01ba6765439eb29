package io.gonkapulse.testkit.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.utils.Utils;

/**
 * A record of the topic {@code job.events} as the broker appended it.
 *
 * @param key the id of the job
 * @param json the event
 * @param recordMillis when the broker appended the record, in milliseconds since 1970
 */
public record SimulatedRecord(String key, String json, long recordMillis, int partition) {

    public byte[] value() {
        return json.getBytes(UTF_8);
    }

    /** The partition that Kafka's producer chooses for a key. */
    public static int partitionOf(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % partitions;
    }
}
