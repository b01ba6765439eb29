package io.gonkapulse.statswriter;

import org.apache.kafka.common.TopicPartition;

/** A listener may know Kafka. */
record SnapshotListener(TopicPartition partition) {}
