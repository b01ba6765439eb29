package io.gonkapulse.apigateway.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A serialised JSON body with placeholders for ages. It is serialised once and sent many times, each time with the
 * current ages.
 */
public final class AgedBodyTemplate {

    /**
     * The placeholder of an age. No string value can contain it, because a quotation mark inside of a string is
     * escaped.
     */
    public static final long AGE_PLACEHOLDER = Long.MIN_VALUE;

    private static final byte[] FIELD_PREFIX = "\"ageSeconds\":".getBytes(US_ASCII);
    private static final byte[] PLACEHOLDER = ("\"ageSeconds\":" + AGE_PLACEHOLDER).getBytes(US_ASCII);
    private static final int PLACEHOLDER_DIGITS = PLACEHOLDER.length - FIELD_PREFIX.length;

    private final byte[] bytes;
    private final int[] offsets;
    private final List<Instant> times;

    /**
     * Finds the placeholders.
     *
     * @param times the times of the ages, in the order of the placeholders; there may be more times than placeholders
     */
    public AgedBodyTemplate(byte[] bytes, List<Instant> times) {
        this.bytes = bytes;
        this.times = times;
        this.offsets = findPlaceholders(bytes);
        if (offsets.length > times.size()) {
            throw new IllegalArgumentException("Expected " + offsets.length + " times, got " + times.size());
        }
    }

    /** Returns the body with the current ages. */
    public byte[] render(FreshnessPolicy freshness) {
        if (offsets.length == 0) {
            return bytes;
        }
        Instant now = freshness.now();
        List<byte[]> ages = new ArrayList<>(offsets.length);
        for (Instant time : times.subList(0, offsets.length)) {
            ages.add(String.valueOf(FreshnessPolicy.ageSeconds(time, now)).getBytes(US_ASCII));
        }
        int digits = ages.stream().mapToInt(age -> age.length).sum();
        ByteBuffer aged = ByteBuffer.allocate(bytes.length - offsets.length * PLACEHOLDER_DIGITS + digits);
        int from = 0;
        for (int i = 0; i < offsets.length; i++) {
            aged.put(bytes, from, offsets[i] + FIELD_PREFIX.length - from).put(ages.get(i));
            from = offsets[i] + PLACEHOLDER.length;
        }
        return aged.put(bytes, from, bytes.length - from).array();
    }

    public int size() {
        return bytes.length;
    }

    private static int[] findPlaceholders(byte[] bytes) {
        List<Integer> found = new ArrayList<>();
        for (int at = 0; at <= bytes.length - PLACEHOLDER.length; at++) {
            // Most quotation marks start another field; one more byte avoids the full comparison.
            if (bytes[at] == '"'
                    && bytes[at + 1] == 'a'
                    && Arrays.equals(bytes, at, at + PLACEHOLDER.length, PLACEHOLDER, 0, PLACEHOLDER.length)) {
                found.add(at);
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }
}
