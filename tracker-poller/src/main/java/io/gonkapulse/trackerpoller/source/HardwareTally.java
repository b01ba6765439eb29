package io.gonkapulse.trackerpoller.source;

import io.gonkapulse.trackerpoller.source.json.Entry;
import io.gonkapulse.trackerpoller.source.json.MalformedException;
import io.gonkapulse.trackerpoller.source.json.Shape;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Adds up the cards of a node's machines. What is said badly of some cards costs only them. */
public final class HardwareTally {

    private static final int LONGEST_TYPE = 255;

    /** More cards than this are a mistake. */
    private static final long MOST = 1_000_000;

    private final Map<String, Long> cards = new TreeMap<>();

    /** One machine, whose cards come here. */
    public Shape machine() {
        return Shape.of().each("hardware", Shape.of("type", "count"), this::add);
    }

    /** Of types with as many cards, the first in the alphabet. */
    public Optional<Hardware> hardware() {
        long all = cards.values().stream().mapToLong(Long::longValue).sum();
        return cards.entrySet().stream()
                .filter(type -> type.getValue() > 0)
                .max(Comparator.comparingLong((Map.Entry<String, Long> type) -> type.getValue())
                        .thenComparing(Map.Entry.<String, Long>comparingByKey().reversed()))
                .map(most -> new Hardware(most.getKey(), all));
    }

    private void add(Entry hardware) {
        try {
            hardware.requireSound();
            String type = hardware.text("type", LONGEST_TYPE);
            long count = Math.min(hardware.counter("count"), MOST);
            if (type != null) {
                GpuName.of(type).ifPresent(name -> cards.merge(name, count, Long::sum));
            }
        } catch (MalformedException e) {
            // Cards are told for show; a node is not less of a node without them.
        }
    }
}
