package io.gonkapulse.earningsaggregator.rebuild;

import java.util.Map;
import java.util.UUID;

/**
 * How far a consumer group has applied a topic.
 *
 * @param nextOffsets first offset that is not applied yet, by partition
 * @param topicIds id of the topic that the offset belongs to, by partition, where it is known
 */
public record AppliedOffsets(String group, String topic, Map<Integer, Long> nextOffsets, Map<Integer, UUID> topicIds) {

    public AppliedOffsets {
        nextOffsets = Map.copyOf(nextOffsets);
        topicIds = Map.copyOf(topicIds);
    }
}
