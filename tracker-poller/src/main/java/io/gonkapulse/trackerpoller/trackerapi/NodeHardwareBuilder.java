package io.gonkapulse.trackerpoller.trackerapi;

import io.gonkapulse.trackerpoller.trackerapi.json.JsonEntry;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonObjectShape;
import io.gonkapulse.trackerpoller.trackerapi.json.MalformedValueException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Adds up the cards of a node's machines. Skips malformed cards only. */
public final class NodeHardwareBuilder {

    private static final int MAX_TYPE_LENGTH = 255;

    /** A larger number is an error of the tracker. */
    private static final long MAX_CARDS = 1_000_000;

    private final Map<String, Long> cards = new TreeMap<>();

    /** The shape of one machine; its cards are added to this builder. */
    public JsonObjectShape machineShape() {
        return JsonObjectShape.of().array("hardware", JsonObjectShape.of("type", "count"), this::add);
    }

    /** On a tie the first type in alphabetical order. */
    public Optional<NodeHardware> build() {
        long all = cards.values().stream().mapToLong(Long::longValue).sum();
        return cards.entrySet().stream()
                .filter(type -> type.getValue() > 0)
                .max(Comparator.comparingLong((Map.Entry<String, Long> type) -> type.getValue())
                        .thenComparing(Map.Entry.<String, Long>comparingByKey().reversed()))
                .map(most -> new NodeHardware(most.getKey(), all));
    }

    private void add(JsonEntry hardware) {
        try {
            hardware.requireValid();
            String type = hardware.text("type", MAX_TYPE_LENGTH);
            long count = Math.min(hardware.numberOrZero("count"), MAX_CARDS);
            if (type != null) {
                GpuNameParser.parse(type).ifPresent(name -> cards.merge(name, count, Long::sum));
            }
        } catch (MalformedValueException e) {
            // Hardware is for display only; the node is valid without it.
        }
    }

    /**
     * The hardware of a node.
     *
     * @param gpuType the short name of its most frequent card
     * @param gpuCount the number of all its cards
     */
    public record NodeHardware(String gpuType, long gpuCount) {}
}
