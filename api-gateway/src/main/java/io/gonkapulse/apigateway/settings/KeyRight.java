package io.gonkapulse.apigateway.settings;

import io.gonkapulse.servicekit.settings.SettingException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an API key may see that others may not. */
public enum KeyRight {
    /** Which process polls a tracker, at which address, and what went wrong. */
    TRACKERS,
    JOBS,
    RELAYS;

    /** As it stands in the file of keys and on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a word.
     *
     * @throws SettingException if there is no such right
     */
    public static KeyRight of(String word) {
        return Arrays.stream(values())
                .filter(right -> right.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new SettingException("rights: expected some of "
                        + Arrays.stream(values()).map(KeyRight::word).collect(Collectors.joining(", "))
                        + ", with commas"));
    }
}
