package io.gonkapulse.contracts;

/**
 * The configured name of a tracker. It is a Kafka key, a meter tag and a log field, so only plain characters are
 * allowed.
 */
public record TrackerName(String value) implements Comparable<TrackerName> {

    private static final int MAX_LENGTH = 50;

    public TrackerName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("Expected a tracker name of 1 to " + MAX_LENGTH
                    + " characters of a-z 0-9 . _ - that starts with a letter or a digit, got \""
                    + MessageLimits.shorten(value)
                    + '"');
        }
    }

    private static boolean isValid(String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH || !isLetterOrDigit(value.charAt(0))) {
            return false;
        }
        for (int i = 1; i < value.length(); i++) {
            char character = value.charAt(i);
            if (!isLetterOrDigit(character) && character != '-' && character != '_' && character != '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char character) {
        return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
    }

    @Override
    public int compareTo(TrackerName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
