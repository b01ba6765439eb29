package io.gonkapulse.apigateway.core;

import io.gonkapulse.servicekit.keys.KeyGrantFormat;
import io.gonkapulse.servicekit.settings.SettingException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A right of an API key: access to data that is not public. */
public enum KeyRight {
    /** Owner, address and last error of each tracker. */
    TRACKERS,
    /** The audit trail of jobs. */
    JOBS,
    RELAYS;

    /** The rights in the key file. */
    public static final KeyGrantFormat<KeyRight> FORMAT = new KeyGrantFormat<>() {
        @Override
        public String program() {
            return "api-gateway";
        }

        @Override
        public String noun() {
            return "rights";
        }

        @Override
        public KeyRight parse(String text) {
            return KeyRight.parse(text);
        }

        @Override
        public String format(KeyRight grant) {
            return grant.apiName();
        }
    };

    /** The name in the key file and on the command line. */
    public String apiName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Parses a name.
     *
     * @throws SettingException if there is no such right
     */
    public static KeyRight parse(String word) {
        return Arrays.stream(values())
                .filter(right -> right.apiName().equals(word))
                .findFirst()
                .orElseThrow(() -> new SettingException("rights: expected a comma-separated list of "
                        + Arrays.stream(values()).map(KeyRight::apiName).collect(Collectors.joining(", "))));
    }
}
