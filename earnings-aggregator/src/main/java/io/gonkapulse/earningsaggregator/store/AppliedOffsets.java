package io.gonkapulse.earningsaggregator.store;

import java.util.Map;
import java.util.UUID;

/**
 * How far a consumer group has applied a topic.
 *
 * @param next by partition, the first offset that is not applied yet
 * @param topicIds by partition, the id of the topic whose records the offset counts, where it is known
 */
public record AppliedOffsets(String group, String topic, Map<Integer, Long> next, Map<Integer, UUID> topicIds) {

    public AppliedOffsets {
        next = Map.copyOf(next);
        topicIds = Map.copyOf(topicIds);
    }
}
