package io.gonkapulse.trackerpoller.source;

import io.gonkapulse.trackerpoller.source.json.CleanText;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The short name of a graphics card: {@code NVIDIA GeForce RTX 3090 | 24GB} is an {@code RTX 3090}. */
final class GpuName {

    private static final int LONGEST = 50;
    private static final int LONGEST_READ = 255;

    private static final Pattern MEMORY = Pattern.compile("(?i)\\b\\d+(\\.\\d+)?\\s?(gi?b|mi?b)\\b");

    /** Who made it, how it is plugged in, what memory it has, and words that all cards have in common. */
    private static final Pattern NOISE = Pattern.compile(
            "(?i)nvidia|geforce|tesla|quadro|amd|radeon|instinct|intel|corporation"
                    + "|\\((r|tm)\\)|hbm\\d*e?|gddr\\d*x?|sxm\\d*|pcie?|oam|gpu|graphics|generation|server|workstation|edition");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s_/-]+");

    private GpuName() {}

    /** Empty when the type says nothing; the type itself, cut, when nothing but noise is in it. */
    static Optional<String> of(String type) {
        return clean(type, LONGEST_READ)
                .flatMap(whole -> clean(shortened(whole), LONGEST).or(() -> clean(whole, LONGEST)));
    }

    private static String shortened(String type) {
        int bar = type.indexOf('|');
        String name = bar < 0 ? type : type.substring(0, bar);
        return Arrays.stream(BETWEEN_WORDS.split(MEMORY.matcher(name).replaceAll(" ")))
                .filter(word -> !NOISE.matcher(word).matches())
                .collect(Collectors.joining(" "));
    }

    private static Optional<String> clean(String text, int longest) {
        return Optional.ofNullable(CleanText.of(text, longest));
    }
}
