package io.gonkapulse.trackerpoller.trackerapi;

import io.gonkapulse.trackerpoller.trackerapi.json.TextSanitizer;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Shortens the name of a graphics card: {@code NVIDIA GeForce RTX 3090 | 24GB} becomes {@code RTX 3090}. */
final class GpuNameParser {

    private static final int MAX_LENGTH = 50;
    private static final int MAX_INPUT_LENGTH = 255;

    private static final Pattern MEMORY = Pattern.compile("(?i)\\b\\d+(\\.\\d+)?\\s?(gi?b|mi?b)\\b");

    /** Vendors, connectors, memory types and words that all cards have in common. */
    private static final Pattern NOISE = Pattern.compile(
            "(?i)nvidia|geforce|tesla|quadro|amd|radeon|instinct|intel|corporation"
                    + "|\\((r|tm)\\)|hbm\\d*e?|gddr\\d*x?|sxm\\d*|pcie?|oam|gpu|graphics|generation|server|workstation|edition");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s_/-]+");

    private GpuNameParser() {}

    /** Empty for a blank type; the type itself, truncated, when it contains only noise. */
    static Optional<String> parse(String type) {
        return clean(type, MAX_INPUT_LENGTH)
                .flatMap(whole -> clean(shorten(whole), MAX_LENGTH).or(() -> clean(whole, MAX_LENGTH)));
    }

    /** A bar separates the name from the memory. */
    private static String shorten(String type) {
        int bar = type.indexOf('|');
        String name = bar < 0 ? type : type.substring(0, bar);
        return Arrays.stream(BETWEEN_WORDS.split(MEMORY.matcher(name).replaceAll(" ")))
                .filter(word -> !NOISE.matcher(word).matches())
                .collect(Collectors.joining(" "));
    }

    private static Optional<String> clean(String text, int longest) {
        return Optional.ofNullable(TextSanitizer.sanitize(text, longest));
    }
}
