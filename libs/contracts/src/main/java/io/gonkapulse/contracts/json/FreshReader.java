package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.FactLimits;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.contracts.TrackerName;
import java.time.DateTimeException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads of live snapshots which of two is the newer one, into plain numbers, and makes nothing for a record: most of a
 * backlog is superseded before it is written. It looks at every byte nevertheless: what it reads, {@link SnapshotCodec}
 * decodes, and to the same; all others it leaves to the codec, which alone may refuse. What the caller keeps of each node
 * is found by the bytes of its identifier. For one thread.
 */
public final class FreshReader<S> {

    private static final int SURELY_A_LONG = 18;
    private static final int TRACKERS = 1 << 8;
    private static final int STATUSES = 1 << 4;

    private static final byte[] HEAD = bytes("{\"v\":1,\"kind\":\"live\",\"node\":");
    private static final byte[] EPOCH = name(SnapshotField.EPOCH);
    private static final byte[] OBSERVED_AT = name(SnapshotField.OBSERVED_AT);
    private static final byte[] EARNED = name(SnapshotField.EARNED);
    private static final byte[] INFERENCES = name(SnapshotField.INFERENCES);
    private static final byte[] MISSED = name(SnapshotField.MISSED);
    private static final byte[] FETCHED_AT = name(SnapshotField.FETCHED_AT);
    private static final byte[] TRACKER = name(SnapshotField.TRACKER);
    private static final byte[] POLL = name(SnapshotField.POLL);
    private static final byte[] HEIGHT = name(SnapshotField.HEIGHT);
    private static final byte[] VALIDATED = name(SnapshotField.VALIDATED);
    private static final byte[] INVALIDATED = name(SnapshotField.INVALIDATED);
    private static final byte[] STATUS = name(SnapshotField.STATUS);
    private static final byte[] PARTICIPANT_STATUS = name(SnapshotField.PARTICIPANT_STATUS);
    private static final byte[] WEIGHT = name(SnapshotField.WEIGHT);
    private static final byte[] MODEL = name(SnapshotField.MODEL);
    private static final byte[] DISPLAY_NAME = name(SnapshotField.DISPLAY_NAME);
    private static final byte[] GPU_TYPE = name(SnapshotField.GPU_TYPE);
    private static final byte[] GPU_COUNT = name(SnapshotField.GPU_COUNT);
    private static final byte[] TOKENS_PER_SECOND = name(SnapshotField.TOKENS_PER_SECOND);
    private static final byte[] JAILED_UNTIL = name(SnapshotField.JAILED_UNTIL);

    private final NodeStates<S> states;
    private final SharedValues<TrackerName> trackers = new SharedValues<>(TRACKERS, TrackerName::new);
    private final SharedValues<NodeStatus> statuses = new SharedValues<>(STATUSES, FreshReader::statusOf);
    private final Cursor cursor = new Cursor(new byte[0]);
    private long latestMicros;
    private int nodeFrom;
    private int nodeTo;
    private @Nullable S state;
    private @Nullable NodeStatus status;
    private long epoch;
    private long observedMicros;
    private long fetchedMicros;
    private long inferences;

    /** @param maker of what is kept of a node that is met for the first time */
    public FreshReader(Function<NodeIdentifier, S> maker) {
        this.states = new NodeStates<>(maker);
    }

    /**
     * False leaves the record to the codec; the getters then say nothing of use.
     *
     * @param timestamp of the record, in milliseconds since 1970
     */
    public boolean reads(byte[] json, long timestamp) {
        cursor.over(json);
        latestMicros = RecordTime.latestMicros(timestamp);
        try {
            return readsHead() && readsOrigin() && readsFacts() && cursor.endsWith('}') && finds(json);
        } catch (IllegalArgumentException | DateTimeException e) {
            return false;
        }
    }

    /** What is kept of the record's node. */
    public S state() {
        return requireNonNull(state);
    }

    /** What is kept of a node whose record the codec decoded. */
    public S stateOf(NodeIdentifier node) {
        byte[] text = bytes(node.value());
        return states.of(text, 0, text.length);
    }

    /** Everything that is kept. */
    public Iterable<S> states() {
        return states;
    }

    public NodeStatus status() {
        return requireNonNull(status);
    }

    public long epoch() {
        return epoch;
    }

    /** Microseconds since 1970, what is smaller being cut. */
    public long observedMicros() {
        return observedMicros;
    }

    /** Microseconds since 1970, what is smaller being cut. */
    public long fetchedMicros() {
        return fetchedMicros;
    }

    public long inferences() {
        return inferences;
    }

    private boolean readsHead() {
        if (!cursor.skips(HEAD) || !cursor.skipsString()) {
            return false;
        }
        nodeFrom = cursor.from;
        nodeTo = cursor.to;
        if (!whole(EPOCH)) {
            return false;
        }
        epoch = cursor.number();
        if (epoch > FactLimits.MAX_EPOCH) {
            return false;
        }
        if (!text(OBSERVED_AT)) {
            return false;
        }
        observedMicros = micros();
        if (observedMicros > latestMicros || observedMicros < 0 || !amount(EARNED) || !count(INFERENCES)) {
            return false;
        }
        inferences = cursor.number();
        return count(MISSED);
    }

    private boolean readsOrigin() {
        if (!text(FETCHED_AT)) {
            return false;
        }
        fetchedMicros = micros();
        if (fetchedMicros > latestMicros || fetchedMicros < 0 || !text(TRACKER)) {
            return false;
        }
        trackers.of(cursor.json(), cursor.from, cursor.to);
        return text(POLL, 100) && (!cursor.skips(HEIGHT) || number()) && count(VALIDATED) && count(INVALIDATED);
    }

    private boolean readsFacts() {
        if (!text(STATUS)) {
            return false;
        }
        status = statuses.of(cursor.json(), cursor.from, cursor.to);
        return textIfAny(PARTICIPANT_STATUS, 50)
                && (!cursor.skips(WEIGHT) || (number() && cursor.number() <= FactLimits.MAX_WEIGHT))
                && textIfAny(MODEL, 255)
                && textIfAny(DISPLAY_NAME, 100)
                && textIfAny(GPU_TYPE, 50)
                && (!cursor.skips(GPU_COUNT) || number())
                && (!cursor.skips(TOKENS_PER_SECOND) || decimal())
                && (!cursor.skips(JAILED_UNTIL) || instant());
    }

    private boolean finds(byte[] json) {
        state = states.of(json, nodeFrom, nodeTo);
        return true;
    }

    private boolean text(byte[] name) {
        return cursor.skips(name) && cursor.skipsString();
    }

    private boolean text(byte[] name, int longest) {
        return text(name) && cursor.to - cursor.from <= longest;
    }

    private boolean textIfAny(byte[] name, int longest) {
        return !cursor.skips(name) || (cursor.skipsString() && cursor.to - cursor.from <= longest);
    }

    private boolean whole(byte[] name) {
        return cursor.skips(name) && number();
    }

    private boolean count(byte[] name) {
        return whole(name) && cursor.number() <= FactLimits.MAX_COUNT;
    }

    private boolean number() {
        return digits() && cursor.standsAtEndOfValue();
    }

    private boolean digits() {
        int digits = cursor.skipDigits();
        boolean leadingZero = digits > 1 && cursor.json()[cursor.from] == '0';
        return digits > 0 && digits <= SURELY_A_LONG && !leadingZero;
    }

    private boolean amount(byte[] name) {
        if (!cursor.skips(name) || !cursor.skips('"')) {
            return false;
        }
        int digits = cursor.skipDigits();
        return digits > 0 && digits <= SURELY_A_LONG && cursor.skips('"');
    }

    /** In the plain form; one with an exponent is the codec's. */
    private boolean decimal() {
        if (!digits()) {
            return false;
        }
        int before = cursor.to - cursor.from;
        if (cursor.skips('.')) {
            int behind = cursor.skipDigits();
            return behind > 0 && before + behind <= SURELY_A_LONG && cursor.standsAtEndOfValue();
        }
        return cursor.standsAtEndOfValue();
    }

    private boolean instant() {
        return cursor.skipsString() && micros() != Long.MIN_VALUE;
    }

    private long micros() {
        return Timestamps.micros(cursor.json(), cursor.from, cursor.to - cursor.from);
    }

    private static NodeStatus statusOf(String word) {
        NodeStatus status = Words.read(NodeStatus.class, word);
        if (status == null) {
            throw new IllegalArgumentException("Expected a status, got " + word);
        }
        return status;
    }

    private static byte[] name(SnapshotField field) {
        return bytes(",\"" + field.jsonName() + "\":");
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(ISO_8859_1);
    }
}
