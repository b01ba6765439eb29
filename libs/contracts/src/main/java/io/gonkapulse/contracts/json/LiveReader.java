package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.FactLimits;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.TrackerName;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads of live snapshots what earnings need, into plain numbers, and makes nothing for a record: for those who read a
 * whole topic. What the caller keeps of each node is found by the bytes of its identifier. Only records that stand as
 * {@link SnapshotCodec} writes them are read here; all others are for {@link EarningsReader}. For one thread.
 */
public final class LiveReader<S> {

    private static final int SURELY_A_LONG = 18;

    private static final Literal LIVE = Literal.of("{\"v\":1,\"kind\":\"");
    private static final Literal NODE = Literal.of("live\",\"node\":\"");
    private static final Literal EPOCH = Literal.of("\",\"epoch\":");
    private static final Literal OBSERVED_AT = Literal.of(",\"observedAt\":\"");
    private static final Literal EARNED = Literal.of("\",\"earned\":\"");
    private static final Literal INFERENCES = Literal.of("\",\"inferences\":");
    private static final Literal MISSED = Literal.of(",\"missed\":");
    private static final Literal FETCHED_AT = Literal.of(",\"fetchedAt\":\"");
    private static final Literal TRACKER = Literal.of("\",\"tracker\":\"");
    private static final Literal POLL = Literal.of("\",\"poll\":\"");
    private static final Literal HEIGHT = Literal.of(",\"height\":");
    private static final Literal VALIDATED = Literal.of(",\"validated\":");
    private static final Literal INVALIDATED = Literal.of(",\"invalidated\":");
    private static final byte[] NOTHING = {};

    private final NodeStates<S> states;
    private final DayCache days = new DayCache();
    private final DayCache fetchedDays = new DayCache();
    private long latestMicros;
    private byte[] json = NOTHING;
    private int at;
    private int end;
    private byte[] trackerText = NOTHING;
    private @Nullable TrackerName tracker;
    private @Nullable S state;
    private long epoch;
    private long observedMicros;
    private long earned;
    private long inferences;
    private long missed;
    private long validated;
    private long invalidated;

    /** @param maker of what is kept of a node that is met for the first time */
    public LiveReader(Function<NodeIdentifier, S> maker) {
        this.states = new NodeStates<>(maker);
    }

    /**
     * False leaves the record to {@link EarningsReader}; the getters then say nothing of use.
     *
     * @param timestamp of the record, in milliseconds since 1970
     */
    public boolean reads(byte[] record, long timestamp) {
        return reads(record, 0, record.length, timestamp);
    }

    /** The same of a part of the bytes. */
    public boolean reads(byte[] bytes, int from, int to, long timestamp) {
        latestMicros = RecordTime.latestMicros(timestamp);
        json = bytes;
        at = from;
        end = to;
        try {
            return from < to && readsFields();
        } catch (IllegalArgumentException | DateTimeException e) {
            return false;
        }
    }

    /** What is kept of the record's node. */
    public S state() {
        return requireNonNull(state);
    }

    /** Everything that is kept. */
    public Iterable<S> states() {
        return states;
    }

    /** Of how many nodes something is kept. */
    public int nodes() {
        return states.size();
    }

    /** Begins anew. */
    public void forget() {
        states.clear();
    }

    public TrackerName tracker() {
        return requireNonNull(tracker);
    }

    public long epoch() {
        return epoch;
    }

    /** Microseconds since 1970, what is smaller being cut. */
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

    private boolean readsFields() {
        if (!skips(LIVE) || !skips(NODE)) {
            return false;
        }
        int node = at;
        int nodeEnd = endOfText();
        if (nodeEnd < 0 || !skips(EPOCH)) {
            return false;
        }
        epoch = number();
        if (epoch < 0 || epoch > FactLimits.MAX_EPOCH || !skips(OBSERVED_AT)) {
            return false;
        }
        int time = at;
        int timeEnd = endOfText();
        if (timeEnd < 0 || !skips(EARNED)) {
            return false;
        }
        observedMicros = days.micros(json, time, timeEnd - time);
        return observedMicros >= 0
                && observedMicros <= latestMicros
                && readsCounters()
                && readsOrigin()
                && readsValidations()
                && finds(node, nodeEnd);
    }

    private boolean readsCounters() {
        earned = digits();
        if (earned < 0 || !skips(INFERENCES)) {
            return false;
        }
        inferences = count();
        if (inferences < 0 || !skips(MISSED)) {
            return false;
        }
        missed = count();
        return missed >= 0;
    }

    private boolean readsOrigin() {
        if (!skips(FETCHED_AT)) {
            return false;
        }
        int time = at;
        int timeEnd = endOfText();
        if (timeEnd < 0 || !isInTime(time, timeEnd) || !skips(TRACKER)) {
            return false;
        }
        int from = at;
        int to = endOfText();
        if (to < 0 || !skips(POLL) || endOfText() < 0) {
            return false;
        }
        at++;
        if (!Arrays.equals(json, from, to, trackerText, 0, trackerText.length) || tracker == null) {
            tracker = new TrackerName(new String(json, from, to - from, ISO_8859_1));
            trackerText = Arrays.copyOfRange(json, from, to);
        }
        return true;
    }

    private boolean readsValidations() {
        if (skips(HEIGHT) && number() < 0) {
            return false;
        }
        validated = skips(VALIDATED) ? count() : -1;
        invalidated = validated >= 0 && skips(INVALIDATED) ? count() : -1;
        return invalidated >= 0;
    }

    private boolean isInTime(int from, int to) {
        long micros = fetchedDays.micros(json, from, to - from);
        return micros >= 0 && micros <= latestMicros;
    }

    private boolean finds(int from, int to) {
        state = states.of(json, from, to);
        return true;
    }

    private boolean skips(Literal expected) {
        if (!expected.stands(json, at, end)) {
            return false;
        }
        at += expected.length();
        return true;
    }

    /** Stands at the closing quotation mark then; below zero if the text is not printable ASCII without escapes. */
    private int endOfText() {
        int found = PlainText.end(json, at, end);
        at = found < 0 ? at : found;
        return found;
    }

    /** Below zero if there is no whole number that surely fits, without leading zeros, and a value's end after it. */
    private long number() {
        int from = at;
        long number = digits();
        boolean leadingZero = at - from > 1 && json[from] == '0';
        boolean ends = at < end && (json[at] == ',' || json[at] == '}');
        return leadingZero || !ends ? -1 : number;
    }

    private long count() {
        long number = number();
        return number <= FactLimits.MAX_COUNT ? number : -1;
    }

    private long digits() {
        byte[] text = json;
        int i = at;
        long number = 0;
        while (i < end && text[i] >= '0' && text[i] <= '9') {
            number = number * 10 + (text[i++] - '0');
        }
        int count = i - at;
        at = i;
        return count == 0 || count > SURELY_A_LONG ? -1 : number;
    }
}
