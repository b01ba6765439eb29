package io.gonkapulse.jobreporter;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.job.JobEventType;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Counts events by their type. Thread-safe. */
final class EventCounters {

    /** Never changed; its counters are. */
    private final Map<JobEventType, AtomicLong> counters = new EnumMap<>(JobEventType.class);

    EventCounters() {
        for (JobEventType type : JobEventType.values()) {
            counters.put(type, new AtomicLong());
        }
    }

    void increment(JobEventType type) {
        requireNonNull(counters.get(type)).incrementAndGet();
    }

    long get(JobEventType type) {
        return requireNonNull(counters.get(type)).get();
    }

    /** Without the types that never occurred. */
    Map<JobEventType, Long> toMap() {
        Map<JobEventType, Long> map = new EnumMap<>(JobEventType.class);
        counters.forEach((type, counter) -> {
            long count = counter.get();
            if (count > 0) {
                map.put(type, count);
            }
        });
        return map;
    }
}
