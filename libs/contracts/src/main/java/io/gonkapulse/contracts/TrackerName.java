package io.gonkapulse.contracts;

/** The name under which a tracker is configured: a Kafka key, a meter tag and a word in logs, so it is kept plain. */
public record TrackerName(String value) implements Comparable<TrackerName> {

    private static final int LONGEST = 50;

    public TrackerName {
        if (!isPlain(value)) {
            throw new IllegalArgumentException("Expected a tracker name of 1 to " + LONGEST
                    + " characters out of a-z 0-9 . _ - that starts with a letter or a digit, got \""
                    + Texts.shortened(value)
                    + '"');
        }
    }

    private static boolean isPlain(String value) {
        if (value.isEmpty() || value.length() > LONGEST || !isLetterOrDigit(value.charAt(0))) {
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
