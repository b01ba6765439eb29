package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.MessageLimits;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.TrackerName;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the earnings fields of live snapshots into primitive fields and allocates nothing for a record. A rebuild scans
 * a whole topic with it. The caller's state of each node is found by the bytes of its identifier.
 *
 * <p>It reads canonical records only; {@link EarningsSnapshotReader} reads the others. For one thread.
 */
public final class LiveEarningsScanner<S> {

    private static final int MAX_LONG_DIGITS = 18;

    private static final ByteLiteral LIVE = ByteLiteral.of("{\"v\":1,\"kind\":\"");
    private static final ByteLiteral NODE = ByteLiteral.of("live\",\"node\":\"");
    private static final ByteLiteral EPOCH = ByteLiteral.of("\",\"epoch\":");
    private static final ByteLiteral OBSERVED_AT = ByteLiteral.of(",\"observedAt\":\"");
    private static final ByteLiteral EARNED = ByteLiteral.of("\",\"earned\":\"");
    private static final ByteLiteral INFERENCES = ByteLiteral.of("\",\"inferences\":");
    private static final ByteLiteral MISSED = ByteLiteral.of(",\"missed\":");
    private static final ByteLiteral FETCHED_AT = ByteLiteral.of(",\"fetchedAt\":\"");
    private static final ByteLiteral TRACKER = ByteLiteral.of("\",\"tracker\":\"");
    private static final ByteLiteral POLL = ByteLiteral.of("\",\"poll\":\"");
    private static final ByteLiteral HEIGHT = ByteLiteral.of(",\"height\":");
    private static final ByteLiteral VALIDATED = ByteLiteral.of(",\"validated\":");
    private static final ByteLiteral INVALIDATED = ByteLiteral.of(",\"invalidated\":");
    private static final byte[] EMPTY = {};

    private final NodeStateIndex<S> states;
    private final TimestampDateCache observedDates = new TimestampDateCache();
    private final TimestampDateCache fetchedDates = new TimestampDateCache();
    private long latestMicros;
    private byte[] json = EMPTY;
    private int position;
    private int end;
    private byte[] trackerText = EMPTY;
    private @Nullable TrackerName tracker;
    private @Nullable S state;
    private long epoch;
    private long observedMicros;
    private long earned;
    private long inferences;
    private long missed;
    private long validated;
    private long invalidated;

    /** @param stateFactory creates the state of a node at its first record */
    public LiveEarningsScanner(Function<NodeIdentifier, S> stateFactory) {
        this.states = new NodeStateIndex<>(stateFactory);
    }

    /**
     * Returns false if the record is not canonical; the getters are then undefined.
     *
     * @param timestamp of the record, in milliseconds since 1970
     */
    public boolean scan(byte[] record, long timestamp) {
        return scan(record, 0, record.length, timestamp);
    }

    /** Scans the part of the bytes from {@code from} to {@code to}. */
    public boolean scan(byte[] bytes, int from, int to, long timestamp) {
        latestMicros = RecordTimeLimit.latestMicros(timestamp);
        json = bytes;
        position = from;
        end = to;
        try {
            return from < to && scanFields();
        } catch (IllegalArgumentException | DateTimeException e) {
            return false;
        }
    }

    /** The state of the record's node. */
    public S state() {
        return requireNonNull(state);
    }

    /** The states of all nodes, in the order of their first records. */
    public Iterable<S> states() {
        return states;
    }

    /** The number of nodes with a state. */
    public int nodeCount() {
        return states.size();
    }

    /** Removes all states. */
    public void clear() {
        states.clear();
    }

    public TrackerName tracker() {
        return requireNonNull(tracker);
    }

    public long epoch() {
        return epoch;
    }

    /** Microseconds since 1970, rounded down. */
    public long observedMicros() {
        return observedMicros;
    }

    public long earned() {
        return earned;
    }

    public long inferences() {
        return inferences;
    }

    public long missed() {
        return missed;
    }

    public long validated() {
        return validated;
    }

    public long invalidated() {
        return invalidated;
    }

    private boolean scanFields() {
        if (!skip(LIVE) || !skip(NODE)) {
            return false;
        }
        int node = position;
        int nodeEnd = skipText();
        if (nodeEnd < 0 || !skip(EPOCH)) {
            return false;
        }
        epoch = readInteger();
        if (epoch < 0 || epoch > MessageLimits.MAX_EPOCH || !skip(OBSERVED_AT)) {
            return false;
        }
        int time = position;
        int timeEnd = skipText();
        if (timeEnd < 0 || !skip(EARNED)) {
            return false;
        }
        observedMicros = observedDates.parseMicros(json, time, timeEnd - time);
        return observedMicros >= 0
                && observedMicros <= latestMicros
                && scanCounters()
                && scanOrigin()
                && scanValidations()
                && findState(node, nodeEnd);
    }

    private boolean scanCounters() {
        earned = readDigits();
        if (earned < 0 || !skip(INFERENCES)) {
            return false;
        }
        inferences = readCount();
        if (inferences < 0 || !skip(MISSED)) {
            return false;
        }
        missed = readCount();
        return missed >= 0;
    }

    private boolean scanOrigin() {
        if (!skip(FETCHED_AT)) {
            return false;
        }
        int time = position;
        int timeEnd = skipText();
        if (timeEnd < 0 || !isNotAhead(time, timeEnd) || !skip(TRACKER)) {
            return false;
        }
        int from = position;
        int to = skipText();
        if (to < 0 || !skip(POLL) || skipText() < 0) {
            return false;
        }
        position++;
        if (!Arrays.equals(json, from, to, trackerText, 0, trackerText.length) || tracker == null) {
            tracker = new TrackerName(new String(json, from, to - from, ISO_8859_1));
            trackerText = Arrays.copyOfRange(json, from, to);
        }
        return true;
    }

    private boolean scanValidations() {
        if (skip(HEIGHT) && readInteger() < 0) {
            return false;
        }
        validated = skip(VALIDATED) ? readCount() : -1;
        invalidated = validated >= 0 && skip(INVALIDATED) ? readCount() : -1;
        return invalidated >= 0;
    }

    private boolean isNotAhead(int from, int to) {
        long micros = fetchedDates.parseMicros(json, from, to - from);
        return micros >= 0 && micros <= latestMicros;
    }

    private boolean findState(int from, int to) {
        state = states.findOrCreate(json, from, to);
        return true;
    }

    private boolean skip(ByteLiteral expected) {
        if (!expected.matches(json, position, end)) {
            return false;
        }
        position += expected.length();
        return true;
    }

    /**
     * Moves to the closing quotation mark and returns its offset. Returns -1, and does not move, if the text is not
     * printable ASCII without escapes.
     */
    private int skipText() {
        int found = PlainTextScanner.findClosingQuote(json, position, end);
        position = found < 0 ? position : found;
        return found;
    }

    /**
     * Returns -1 unless an integer of at most 18 digits follows, without leading zeros and with the end of a value
     * behind it.
     */
    private long readInteger() {
        int from = position;
        long number = readDigits();
        boolean leadingZero = position - from > 1 && json[from] == '0';
        boolean ends = position < end && (json[position] == ',' || json[position] == '}');
        return leadingZero || !ends ? -1 : number;
    }

    private long readCount() {
        long number = readInteger();
        return number <= MessageLimits.MAX_COUNT ? number : -1;
    }

    private long readDigits() {
        byte[] text = json;
        int i = position;
        long number = 0;
        while (i < end && text[i] >= '0' && text[i] <= '9') {
            number = number * 10 + (text[i++] - '0');
        }
        int count = i - position;
        position = i;
        return count == 0 || count > MAX_LONG_DIGITS ? -1 : number;
    }

    /**
     * Eight to sixteen fixed bytes, compared as two overlapping {@code long} values. It is a record because the JIT
     * compiler treats the components of a static final record as constants.
     */
    record ByteLiteral(long first, long last, int length) {

        private static final VarHandle LONG =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

        static ByteLiteral of(String ascii) {
            byte[] bytes = ascii.getBytes(ISO_8859_1);
            if (bytes.length < Long.BYTES || bytes.length > 2 * Long.BYTES) {
                throw new IllegalArgumentException("Expected 8 to 16 bytes, got " + ascii);
            }
            return new ByteLiteral(
                    (long) LONG.get(bytes, 0), (long) LONG.get(bytes, bytes.length - Long.BYTES), bytes.length);
        }

        boolean matches(byte[] text, int offset, int end) {
            return end - offset >= length
                    && (long) LONG.get(text, offset) == first
                    && (long) LONG.get(text, offset + length - Long.BYTES) == last;
        }
    }
}
