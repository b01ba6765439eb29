package io.gonkapulse.workercore.consumer;

import org.apache.kafka.common.TopicPartition;

/**
 * Receives the offsets of transaction markers, which hold no record. A marker that is fetched again
 * is reported again.
 */
@FunctionalInterface
public interface TransactionMarkerListener {

    void onMarker(TopicPartition partition, long offset);
}
