package io.gonkapulse.apigateway.config;

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
    public String apiName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a word.
     *
     * @throws SettingException if there is no such right
     */
    public static KeyRight parse(String word) {
        return Arrays.stream(values())
                .filter(right -> right.apiName().equals(word))
                .findFirst()
                .orElseThrow(() -> new SettingException("rights: expected some of "
                        + Arrays.stream(values()).map(KeyRight::apiName).collect(Collectors.joining(", "))
                        + ", with commas"));
    }
}
