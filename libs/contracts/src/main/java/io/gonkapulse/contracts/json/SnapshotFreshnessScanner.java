package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.MessageLimits;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.contracts.TrackerName;
import java.time.DateTimeException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of live snapshots that decide which of two is newer, into primitive fields, and allocates nothing
 * for a record. Most records of a backlog are superseded before they are written. The caller's state of each node is
 * found by the bytes of its identifier.
 *
 * <p>It validates every byte: {@link SnapshotCodec} decodes every record that it accepts to the same values. The codec
 * decides about all other records. For one thread.
 */
public final class SnapshotFreshnessScanner<S> {

    private static final int MAX_LONG_DIGITS = 18;
    private static final int TRACKER_CACHE_SIZE = 1 << 8;
    private static final int STATUS_CACHE_SIZE = 1 << 4;

    private static final byte[] HEADER = bytes("{\"v\":1,\"kind\":\"live\",\"node\":");
    private static final byte[] EPOCH = fieldPrefix(SnapshotField.EPOCH);
    private static final byte[] OBSERVED_AT = fieldPrefix(SnapshotField.OBSERVED_AT);
    private static final byte[] EARNED = fieldPrefix(SnapshotField.EARNED);
    private static final byte[] INFERENCES = fieldPrefix(SnapshotField.INFERENCES);
    private static final byte[] MISSED = fieldPrefix(SnapshotField.MISSED);
    private static final byte[] FETCHED_AT = fieldPrefix(SnapshotField.FETCHED_AT);
    private static final byte[] TRACKER = fieldPrefix(SnapshotField.TRACKER);
    private static final byte[] POLL = fieldPrefix(SnapshotField.POLL);
    private static final byte[] HEIGHT = fieldPrefix(SnapshotField.HEIGHT);
    private static final byte[] VALIDATED = fieldPrefix(SnapshotField.VALIDATED);
    private static final byte[] INVALIDATED = fieldPrefix(SnapshotField.INVALIDATED);
    private static final byte[] STATUS = fieldPrefix(SnapshotField.STATUS);
    private static final byte[] PARTICIPANT_STATUS = fieldPrefix(SnapshotField.PARTICIPANT_STATUS);
    private static final byte[] WEIGHT = fieldPrefix(SnapshotField.WEIGHT);
    private static final byte[] MODEL = fieldPrefix(SnapshotField.MODEL);
    private static final byte[] DISPLAY_NAME = fieldPrefix(SnapshotField.DISPLAY_NAME);
    private static final byte[] GPU_TYPE = fieldPrefix(SnapshotField.GPU_TYPE);
    private static final byte[] GPU_COUNT = fieldPrefix(SnapshotField.GPU_COUNT);
    private static final byte[] TOKENS_PER_SECOND = fieldPrefix(SnapshotField.TOKENS_PER_SECOND);
    private static final byte[] JAILED_UNTIL = fieldPrefix(SnapshotField.JAILED_UNTIL);

    private final NodeStateIndex<S> states;
    private final ParsedValueCache<TrackerName> trackers = new ParsedValueCache<>(TRACKER_CACHE_SIZE, TrackerName::new);
    private final ParsedValueCache<NodeStatus> statuses =
            new ParsedValueCache<>(STATUS_CACHE_SIZE, SnapshotFreshnessScanner::parseStatus);
    private final JsonByteScanner scanner = new JsonByteScanner(new byte[0]);
    private long latestMicros;
    private int nodeStart;
    private int nodeEnd;
    private @Nullable S state;
    private @Nullable NodeStatus status;
    private long epoch;
    private long observedMicros;
    private long fetchedMicros;
    private long inferences;

    /** @param stateFactory creates the state of a node at its first record */
    public SnapshotFreshnessScanner(Function<NodeIdentifier, S> stateFactory) {
        this.states = new NodeStateIndex<>(stateFactory);
    }

    /**
     * Returns false if the record is not canonical; the getters are then undefined.
     *
     * @param timestamp of the record, in milliseconds since 1970
     */
    public boolean scan(byte[] json, long timestamp) {
        scanner.reset(json);
        latestMicros = RecordTimeLimit.latestMicros(timestamp);
        try {
            return scanHeader() && scanOrigin() && scanFacts() && scanner.isAtLastByte('}') && findState(json);
        } catch (IllegalArgumentException | DateTimeException e) {
            return false;
        }
    }

    /** The state of the record's node. */
    public S state() {
        return requireNonNull(state);
    }

    /** The state of a node whose record the codec decoded. */
    public S stateOf(NodeIdentifier node) {
        byte[] text = bytes(node.value());
        return states.findOrCreate(text, 0, text.length);
    }

    /** The states of all nodes, in the order of their first records. */
    public Iterable<S> states() {
        return states;
    }

    public NodeStatus status() {
        return requireNonNull(status);
    }

    public long epoch() {
        return epoch;
    }

    /** Microseconds since 1970, rounded down. */
    public long observedMicros() {
        return observedMicros;
    }

    /** Microseconds since 1970, rounded down. */
    public long fetchedMicros() {
        return fetchedMicros;
    }

    public long inferences() {
        return inferences;
    }

    private boolean scanHeader() {
        if (!scanner.skip(HEADER) || !scanner.skipString()) {
            return false;
        }
        nodeStart = scanner.tokenStart;
        nodeEnd = scanner.tokenEnd;
        if (!skipIntegerField(EPOCH)) {
            return false;
        }
        epoch = scanner.parseToken();
        if (epoch > MessageLimits.MAX_EPOCH) {
            return false;
        }
        if (!skipText(OBSERVED_AT)) {
            return false;
        }
        observedMicros = tokenMicros();
        if (observedMicros > latestMicros
                || observedMicros < 0
                || !skipAmountField(EARNED)
                || !skipCountField(INFERENCES)) {
            return false;
        }
        inferences = scanner.parseToken();
        return skipCountField(MISSED);
    }

    private boolean scanOrigin() {
        if (!skipText(FETCHED_AT)) {
            return false;
        }
        fetchedMicros = tokenMicros();
        if (fetchedMicros > latestMicros || fetchedMicros < 0 || !skipText(TRACKER)) {
            return false;
        }
        trackers.get(scanner.json(), scanner.tokenStart, scanner.tokenEnd);
        return skipText(POLL, 100)
                && (!scanner.skip(HEIGHT) || skipInteger())
                && skipCountField(VALIDATED)
                && skipCountField(INVALIDATED);
    }

    private boolean scanFacts() {
        if (!skipText(STATUS)) {
            return false;
        }
        status = statuses.get(scanner.json(), scanner.tokenStart, scanner.tokenEnd);
        return skipOptionalText(PARTICIPANT_STATUS, 50)
                && (!scanner.skip(WEIGHT) || (skipInteger() && scanner.parseToken() <= MessageLimits.MAX_WEIGHT))
                && skipOptionalText(MODEL, 255)
                && skipOptionalText(DISPLAY_NAME, 100)
                && skipOptionalText(GPU_TYPE, 50)
                && (!scanner.skip(GPU_COUNT) || skipInteger())
                && (!scanner.skip(TOKENS_PER_SECOND) || skipDecimal())
                && (!scanner.skip(JAILED_UNTIL) || skipInstant());
    }

    private boolean findState(byte[] json) {
        state = states.findOrCreate(json, nodeStart, nodeEnd);
        return true;
    }

    private boolean skipText(byte[] name) {
        return scanner.skip(name) && scanner.skipString();
    }

    private boolean skipText(byte[] name, int maxLength) {
        return skipText(name) && scanner.tokenEnd - scanner.tokenStart <= maxLength;
    }

    private boolean skipOptionalText(byte[] name, int maxLength) {
        return !scanner.skip(name) || (scanner.skipString() && scanner.tokenEnd - scanner.tokenStart <= maxLength);
    }

    private boolean skipIntegerField(byte[] name) {
        return scanner.skip(name) && skipInteger();
    }

    private boolean skipCountField(byte[] name) {
        return skipIntegerField(name) && scanner.parseToken() <= MessageLimits.MAX_COUNT;
    }

    private boolean skipInteger() {
        return skipDigits() && scanner.isAtValueEnd();
    }

    private boolean skipDigits() {
        int digits = scanner.skipDigits();
        boolean leadingZero = digits > 1 && scanner.json()[scanner.tokenStart] == '0';
        return digits > 0 && digits <= MAX_LONG_DIGITS && !leadingZero;
    }

    private boolean skipAmountField(byte[] name) {
        if (!scanner.skip(name) || !scanner.skip('"')) {
            return false;
        }
        int digits = scanner.skipDigits();
        return digits > 0 && digits <= MAX_LONG_DIGITS && scanner.skip('"');
    }

    /** Accepts decimals without an exponent only. */
    private boolean skipDecimal() {
        if (!skipDigits()) {
            return false;
        }
        int before = scanner.tokenEnd - scanner.tokenStart;
        if (scanner.skip('.')) {
            int behind = scanner.skipDigits();
            return behind > 0 && before + behind <= MAX_LONG_DIGITS && scanner.isAtValueEnd();
        }
        return scanner.isAtValueEnd();
    }

    private boolean skipInstant() {
        return scanner.skipString() && tokenMicros() != Long.MIN_VALUE;
    }

    private long tokenMicros() {
        return TimestampParser.parseMicros(scanner.json(), scanner.tokenStart, scanner.tokenEnd - scanner.tokenStart);
    }

    private static NodeStatus parseStatus(String word) {
        NodeStatus status = EnumWordConverter.parse(NodeStatus.class, word);
        if (status == null) {
            throw new IllegalArgumentException("Expected a status, got " + word);
        }
        return status;
    }

    private static byte[] fieldPrefix(SnapshotField field) {
        return bytes(",\"" + field.jsonName() + "\":");
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(ISO_8859_1);
    }
}
