package io.gonkapulse.workercore.consumer;

import org.apache.kafka.common.TopicPartition;

/** Hears of offsets that hold no record by right: the ends of transactions. A marker that is fetched again comes again. */
@FunctionalInterface
public interface TransactionMarkerListener {

    void onMarker(TopicPartition partition, long offset);
}
