package io.gonkapulse.jobrecorder.intake.keys;

import io.gonkapulse.servicekit.keys.KeyGrantFormat;
import io.gonkapulse.servicekit.settings.SettingException;
import java.util.regex.Pattern;

/**
 * A bot id, or several with the wildcard {@code *} for any text.
 *
 * @param text for example {@code nightly-*}
 */
public record BotPattern(String text) implements Comparable<BotPattern> {

    /** The bots in the key file. */
    public static final KeyGrantFormat<BotPattern> FORMAT = new KeyGrantFormat<>() {
        @Override
        public String program() {
            return "job-recorder";
        }

        @Override
        public String noun() {
            return "bots";
        }

        @Override
        public BotPattern parse(String text) {
            return new BotPattern(text);
        }

        @Override
        public String format(BotPattern grant) {
            return grant.text();
        }
    };

    private static final String WILDCARD = "*";
    private static final Pattern VALID = Pattern.compile("[a-z0-9._*-]{1,64}");

    public BotPattern {
        if (!VALID.matcher(text).matches()) {
            throw new SettingException(
                    "bots: expected a comma-separated list of bot ids of 1 to 64 characters a-z, 0-9, . _ - with * for"
                            + " any text");
        }
    }

    boolean matchesAll() {
        return text.equals(WILDCARD);
    }

    /** Takes linear time: a regular expression with many wildcards would not. */
    boolean matches(String botId) {
        String[] parts = text.split("\\*", -1);
        String first = parts[0];
        String last = parts[parts.length - 1];
        if (parts.length == 1) {
            return botId.equals(first);
        }
        if (!botId.startsWith(first)) {
            return false;
        }
        int from = first.length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = botId.indexOf(parts[i], from);
            if (found < 0) {
                return false;
            }
            from = found + parts[i].length();
        }
        return botId.length() - last.length() >= from && botId.endsWith(last);
    }

    @Override
    public int compareTo(BotPattern other) {
        return text.compareTo(other.text);
    }
}
