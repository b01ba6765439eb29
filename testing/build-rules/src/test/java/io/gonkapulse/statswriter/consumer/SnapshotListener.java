package io.gonkapulse.statswriter.consumer;

import org.apache.kafka.common.TopicPartition;

/** A listener may depend on Kafka. */
record SnapshotListener(TopicPartition partition) {}
