package io.gonkapulse.contracts.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The limits of the values in one job event. Reporters, the intake over HTTP and the recorder check the same ones. */
public final class JobLimits {

    /** Bytes of a whole event. */
    public static final int MAX_EVENT_BYTES = 64 << 10;

    /** Bytes of each JSON object in an event; a larger one is replaced by its beginning. */
    public static final int MAX_JSON_BYTES = 16 << 10;

    /** Characters of a stack trace and of a message; the rest is cut off. */
    public static final int MAX_STACK_LENGTH = 4_000;

    /** Stages of a job with a number. */
    public static final int MAX_STAGES = 1_000;

    public static final int MAX_ATTEMPT = 1_000;

    public static final Duration MIN_LEASE = Duration.ofSeconds(1);

    public static final Duration MAX_LEASE = Duration.ofDays(7);

    /** A job may take as long as its times may differ. The sum over a hundred million jobs fits into 63 bits. */
    public static final Duration MAX_DURATION = Duration.ofDays(400);

    /** Characters of a role. */
    public static final int MAX_WORD_LENGTH = 50;

    /** Characters of a source, an incarnation and a trace. */
    public static final int MAX_ID_LENGTH = 100;

    /** Characters of a name. */
    public static final int MAX_NAME_LENGTH = 255;

    /** The beginning of a replaced JSON object. With escapes it takes less than {@link #MAX_JSON_BYTES}. */
    private static final int JSON_HEAD_LENGTH = 4_000;

    private static final Pattern BOT_ID = Pattern.compile("[a-z0-9._-]{1,64}");
    private static final int MAX_QUOTE_LENGTH = 90;

    private JobLimits() {}

    static String requireBotId(String botId) {
        if (!BOT_ID.matcher(botId).matches()) {
            throw new IllegalArgumentException(
                    "Expected botId of 1 to 64 characters a-z, 0-9, '.', '_' and '-', got \"" + quote(botId) + '"');
        }
        return botId;
    }

    static long requireBetween(long min, long value, long max, String name) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("Expected " + name + " from " + min + " to " + max + ", got " + value);
        }
        return value;
    }

    static void requireDuration(@Nullable Long millis, String name) {
        if (millis != null) {
            requireBetween(0, millis, MAX_DURATION.toMillis(), name);
        }
    }

    static void requireText(int minLength, @Nullable String text, int maxLength, String name) {
        if (text != null) {
            if (text.length() < minLength || text.length() > maxLength) {
                throw new IllegalArgumentException("Expected " + name + " of " + minLength + " to " + maxLength
                        + " characters, got " + text.length());
            }
            requireStorable(text, name);
        }
    }

    /** PostgreSQL stores neither the character NUL nor half of a surrogate pair. */
    public static void requireStorable(String text, String name) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == 0) {
                throw new IllegalArgumentException("Expected " + name + " without the character NUL");
            }
            if (Character.isSurrogate(character)) {
                boolean isPair = i + 1 < text.length() && Character.isSurrogatePair(character, text.charAt(i + 1));
                if (!isPair) {
                    throw new IllegalArgumentException("Expected " + name + " without half of a surrogate pair");
                }
                i++;
            }
        }
    }

    /** Cuts a text off between two characters. */
    public static String truncate(String text, int maxLength) {
        if (text.length() <= maxLength) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(maxLength - 1)) ? maxLength - 1 : maxLength;
        return text.substring(0, end);
    }

    /** Replaces a JSON object that is too large by an object with its beginning. */
    public static String limitJson(String json) {
        // A character takes up to three bytes.
        if (json.length() <= MAX_JSON_BYTES / 3) {
            return json;
        }
        int bytes = json.getBytes(UTF_8).length;
        if (bytes <= MAX_JSON_BYTES) {
            return json;
        }
        String head = truncate(json, JSON_HEAD_LENGTH).replace("\\", "\\\\").replace("\"", "\\\"");
        return "{\"truncated\":true,\"bytes\":" + bytes + ",\"head\":\"" + head + "\"}";
    }

    static String quote(String text) {
        return truncate(text, MAX_QUOTE_LENGTH);
    }
}
