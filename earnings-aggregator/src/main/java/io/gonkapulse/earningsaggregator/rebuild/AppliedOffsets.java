package io.gonkapulse.earningsaggregator.rebuild;

import java.util.Map;
import java.util.UUID;

/**
 * How far a consumer group has applied a topic.
 *
 * @param nextOffsets by partition, the first offset that is not applied yet
 * @param topicIds by partition, the id of the topic whose records the offset counts, where it is known
 */
public record AppliedOffsets(String group, String topic, Map<Integer, Long> nextOffsets, Map<Integer, UUID> topicIds) {

    public AppliedOffsets {
        nextOffsets = Map.copyOf(nextOffsets);
        topicIds = Map.copyOf(topicIds);
    }
}
