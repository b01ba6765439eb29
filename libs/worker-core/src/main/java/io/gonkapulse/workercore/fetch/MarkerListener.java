package io.gonkapulse.workercore.fetch;

import org.apache.kafka.common.TopicPartition;

/** Hears of offsets that hold no record by right: the ends of transactions. A marker that is fetched again comes again. */
@FunctionalInterface
public interface MarkerListener {

    void marker(TopicPartition partition, long offset);
}
