package io.gonkapulse.statswriter;

import org.apache.kafka.common.TopicPartition;

/** Depends on Kafka although it is not an adapter. */
record StatsMerger(TopicPartition partition) {}
