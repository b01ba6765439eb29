package io.gonkapulse.statswriter;

import org.apache.kafka.common.TopicPartition;

/** A listener may depend on Kafka. */
record SnapshotListener(TopicPartition partition) {}
