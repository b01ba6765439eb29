package io.gonkapulse.apigateway.web;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A body that is written once and sent to many, each with the ages of the moment. */
public final class AgedJson {

    /** Stands for an age until the body is sent. No text holds it: a quotation mark within one is escaped. */
    public static final long AGE = Long.MIN_VALUE;

    private static final byte[] NAME = "\"ageSeconds\":".getBytes(US_ASCII);
    private static final byte[] PLACE = ("\"ageSeconds\":" + AGE).getBytes(US_ASCII);
    private static final int DIGITS_OF_PLACE = PLACE.length - NAME.length;

    private final byte[] bytes;
    private final int[] places;
    private final List<Instant> times;

    /** @param times whose ages stand in the body, in the order of their places; fewer if some have no place */
    AgedJson(byte[] bytes, List<Instant> times) {
        this.bytes = bytes;
        this.times = times;
        this.places = places(bytes);
        if (places.length > times.size()) {
            throw new IllegalArgumentException("Expected " + places.length + " times, got " + times.size());
        }
    }

    byte[] withAges(Freshness freshness) {
        if (places.length == 0) {
            return bytes;
        }
        List<byte[]> ages = times.stream()
                .limit(places.length)
                .map(time -> String.valueOf(freshness.ageSeconds(time)).getBytes(US_ASCII))
                .toList();
        int digits = ages.stream().mapToInt(age -> age.length).sum();
        ByteBuffer aged = ByteBuffer.allocate(bytes.length - places.length * DIGITS_OF_PLACE + digits);
        int from = 0;
        for (int i = 0; i < places.length; i++) {
            aged.put(bytes, from, places[i] + NAME.length - from).put(ages.get(i));
            from = places[i] + PLACE.length;
        }
        return aged.put(bytes, from, bytes.length - from).array();
    }

    byte[] withoutAges() {
        return bytes;
    }

    int size() {
        return bytes.length;
    }

    List<Instant> times() {
        return times;
    }

    private static int[] places(byte[] bytes) {
        List<Integer> found = new ArrayList<>();
        for (int at = 0; at <= bytes.length - PLACE.length; at++) {
            // Most quotation marks begin something else, and a look at one more byte tells it.
            if (bytes[at] == '"'
                    && bytes[at + 1] == 'a'
                    && Arrays.equals(bytes, at, at + PLACE.length, PLACE, 0, PLACE.length)) {
                found.add(at);
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }
}
