package io.gonkapulse.earningsaggregator.store;

import java.util.Map;

/**
 * How far a consumer group has applied a topic.
 *
 * @param next by partition, the first offset that is not applied yet
 */
public record AppliedOffsets(String group, String topic, Map<Integer, Long> next) {

    public AppliedOffsets {
        next = Map.copyOf(next);
    }
}
