package io.gonkapulse.trackerpoller.trackerapi;

import io.gonkapulse.trackerpoller.trackerapi.json.JsonEntry;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonObjectShape;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonValueParser;
import io.gonkapulse.trackerpoller.trackerapi.json.MalformedValueException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Adds up the cards of a node's machines. Skips malformed cards only. */
public final class NodeHardwareBuilder {

    private static final int MAX_TYPE_LENGTH = 255;
    private static final int MAX_NAME_LENGTH = 50;

    private static final Pattern MEMORY = Pattern.compile("(?i)\\b\\d+(\\.\\d+)?\\s?(gi?b|mi?b)\\b");

    /** Vendors, connectors, memory types and words that all cards have in common. */
    private static final Pattern NOISE = Pattern.compile(
            "(?i)nvidia|geforce|tesla|quadro|amd|radeon|instinct|intel|corporation"
                    + "|\\((r|tm)\\)|hbm\\d*e?|gddr\\d*x?|sxm\\d*|pcie?|oam|gpu|graphics|generation|server|workstation|edition");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s_/-]+");

    /** A larger number, of one type or of all, is an error of the node or the tracker. */
    private static final long MAX_CARDS = 100_000;

    private final Map<String, Long> cards = new TreeMap<>();

    /** The shape of one machine; its cards are added to this builder. */
    public JsonObjectShape machineShape() {
        return JsonObjectShape.of().array("hardware", JsonObjectShape.of("type", "count"), this::add);
    }

    /** On a tie the first type in alphabetical order. Empty if nothing usable is reported. */
    public Optional<NodeHardware> build() {
        long all = cards.values().stream().mapToLong(Long::longValue).sum();
        if (all > MAX_CARDS) {
            return Optional.empty();
        }
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
            long count = hardware.numberOrZero("count");
            if (type != null && count <= MAX_CARDS) {
                shortName(type).ifPresent(name -> cards.merge(name, count, Long::sum));
            }
        } catch (MalformedValueException e) {
            // Hardware is for display only; the node is valid without it.
        }
    }

    /**
     * Shortens the name of a graphics card: {@code NVIDIA GeForce RTX 3090 | 24GB} becomes {@code RTX 3090}. Empty for
     * a blank type; the type itself, truncated, when nothing else remains.
     */
    static Optional<String> shortName(String type) {
        return sanitize(type, MAX_TYPE_LENGTH)
                .flatMap(whole -> sanitize(shorten(whole), MAX_NAME_LENGTH).or(() -> sanitize(whole, MAX_NAME_LENGTH)));
    }

    /** A bar separates the name from the memory. */
    private static String shorten(String type) {
        int bar = type.indexOf('|');
        String name = bar < 0 ? type : type.substring(0, bar);
        return Arrays.stream(BETWEEN_WORDS.split(MEMORY.matcher(name).replaceAll(" ")))
                .filter(word -> !NOISE.matcher(word).matches())
                .collect(Collectors.joining(" "));
    }

    private static Optional<String> sanitize(String text, int maxLength) {
        return Optional.ofNullable(JsonValueParser.sanitize(text, maxLength));
    }

    /**
     * The hardware of a node.
     *
     * @param gpuType the short name of its most frequent card
     * @param gpuCount the number of all its cards
     */
    public record NodeHardware(String gpuType, long gpuCount) {}
}
