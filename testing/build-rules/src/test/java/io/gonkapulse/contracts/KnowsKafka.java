package io.gonkapulse.contracts;

import org.apache.kafka.common.TopicPartition;

record KnowsKafka(TopicPartition partition) {}
