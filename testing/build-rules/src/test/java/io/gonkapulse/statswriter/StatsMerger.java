package io.gonkapulse.statswriter;

import org.apache.kafka.common.TopicPartition;

/** Code behind the listener that knows Kafka. */
record StatsMerger(TopicPartition partition) {}
