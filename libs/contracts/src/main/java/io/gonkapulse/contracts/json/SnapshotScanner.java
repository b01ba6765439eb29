package io.gonkapulse.contracts.json;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.ClaimState;
import io.gonkapulse.contracts.MessageLimits;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.contracts.json.JsonByteScanner.FieldStart;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;

/**
 * Reads canonical snapshots in one pass: byte for byte as {@link SnapshotCodec} writes them, without white space or
 * escapes, and with at most 18 digits. It compares with the expected bytes instead of tokenizing them. Numbers and
 * times stay primitive and texts stay in the message, so a scan allocates nothing; the codec creates objects of what it
 * needs.
 *
 * <p>It never refuses a record: {@link JsonFieldReader} decides about all others. The codec decodes every record that
 * it accepts to the same values, unless the node's address is invalid, which only {@link NodeIdentifier} verifies. For one
 * thread.
 */
public final class SnapshotScanner {

    private static final int ABSENT = -1;
    private static final int TRACKER_BITS = 8;
    private static final int WORD_BITS = 4;

    private static final FieldStart VERSION_KIND = FieldStart.of(SnapshotField.KIND, "{\"v\":1,\"kind\":\"");
    private static final FieldStart LIVE_NODE = FieldStart.of(SnapshotField.NODE, "live\",\"node\":\"");
    private static final FieldStart SETTLED_NODE = FieldStart.of(SnapshotField.NODE, "settled\",\"node\":\"");
    private static final FieldStart EPOCH = FieldStart.of(SnapshotField.EPOCH);
    private static final FieldStart OBSERVED_AT = FieldStart.of(SnapshotField.OBSERVED_AT);
    private static final FieldStart EARNED = FieldStart.of(SnapshotField.EARNED);
    private static final FieldStart INFERENCES = FieldStart.of(SnapshotField.INFERENCES);
    private static final FieldStart MISSED = FieldStart.of(SnapshotField.MISSED);
    private static final FieldStart REWARDED = FieldStart.of(SnapshotField.REWARDED);
    private static final FieldStart CLAIM = FieldStart.of(SnapshotField.CLAIM);
    private static final FieldStart APPROXIMATE = FieldStart.of(SnapshotField.APPROXIMATE, ",\"approximate\":true");
    private static final FieldStart EXACT = FieldStart.of(SnapshotField.APPROXIMATE, ",\"approximate\":false");
    private static final FieldStart SETTLED_AT = FieldStart.of(SnapshotField.SETTLED_AT);
    private static final FieldStart SETTLED_HEIGHT = FieldStart.of(SnapshotField.SETTLED_HEIGHT);
    private static final FieldStart FORFEITED_AT = FieldStart.of(SnapshotField.FORFEITED_AT);
    private static final FieldStart FETCHED_AT = FieldStart.of(SnapshotField.FETCHED_AT);
    private static final FieldStart TRACKER = FieldStart.of(SnapshotField.TRACKER);
    private static final FieldStart POLL = FieldStart.of(SnapshotField.POLL);
    private static final FieldStart HEIGHT = FieldStart.of(SnapshotField.HEIGHT);
    private static final FieldStart VALIDATED = FieldStart.of(SnapshotField.VALIDATED);
    private static final FieldStart INVALIDATED = FieldStart.of(SnapshotField.INVALIDATED);
    private static final FieldStart STATUS = FieldStart.of(SnapshotField.STATUS);
    private static final FieldStart PARTICIPANT_STATUS = FieldStart.of(SnapshotField.PARTICIPANT_STATUS);
    private static final FieldStart WEIGHT = FieldStart.of(SnapshotField.WEIGHT);
    private static final FieldStart MODEL = FieldStart.of(SnapshotField.MODEL);
    private static final FieldStart DISPLAY_NAME = FieldStart.of(SnapshotField.DISPLAY_NAME);
    private static final FieldStart GPU_TYPE = FieldStart.of(SnapshotField.GPU_TYPE);
    private static final FieldStart GPU_COUNT = FieldStart.of(SnapshotField.GPU_COUNT);
    private static final FieldStart TOKENS_PER_SECOND = FieldStart.of(SnapshotField.TOKENS_PER_SECOND);
    private static final FieldStart JAILED_UNTIL = FieldStart.of(SnapshotField.JAILED_UNTIL);
    private static final FieldStart MODELS = FieldStart.of(SnapshotField.MODELS, ",\"models\":[\"");

    private final JsonByteScanner input = new JsonByteScanner();
    private final TimestampParser.DateCache dates = new TimestampParser.DateCache();
    private final ParsedValueCache<TrackerName> trackers = new ParsedValueCache<>(TRACKER_BITS, TrackerName::new);
    private final ParsedValueCache<NodeStatus> statuses =
            new ParsedValueCache<>(WORD_BITS, word -> parseWord(NodeStatus.class, word));
    private final ParsedValueCache<ClaimState> claims =
            new ParsedValueCache<>(WORD_BITS, word -> parseWord(ClaimState.class, word));

    /**
     * By the field's ordinal: the offsets of texts and times; {@link #ABSENT} for an optional field that is missing.
     * Entries of fields that the scan did not reach are left from earlier records, because clearing them costs time.
     */
    private final int[] starts = new int[SnapshotField.values().length];

    private final int[] ends = new int[starts.length];

    /** By the field's ordinal: numbers, and times in microseconds since 1970. */
    private final long[] numbers = new long[starts.length];

    private boolean live;
    private long latestMicros;
    private @Nullable TrackerName tracker;
    private @Nullable NodeStatus status;

    /**
     * Scans a whole record. Returns false if it is not canonical; the getters are then undefined.
     *
     * @param timestamp of the record, in milliseconds since 1970
     */
    public boolean scan(byte[] json, long timestamp) {
        reset(json, 0, json.length, timestamp);
        try {
            return scanEarnings() && (!live || scanFacts()) && input.isAtLast('}');
        } catch (IllegalArgumentException | DateTimeException e) {
            return false;
        }
    }

    /**
     * Scans the record in the bytes from {@code from} to {@code to}, up to the last field that the earnings need. What
     * follows may be damaged.
     */
    public boolean scanEarnings(byte[] bytes, int from, int to, long timestamp) {
        reset(bytes, from, to, timestamp);
        try {
            return scanEarnings();
        } catch (IllegalArgumentException | DateTimeException e) {
            return false;
        }
    }

    /** The bytes that were scanned last. */
    public byte[] bytes() {
        return input.bytes();
    }

    /** The offset of the node's address, which is not verified. */
    public int nodeStart() {
        return starts[LIVE_NODE.index()];
    }

    public int nodeEnd() {
        return ends[LIVE_NODE.index()];
    }

    /** False for the snapshot of a settled epoch. */
    public boolean isLive() {
        return live;
    }

    public TrackerName tracker() {
        return requireNonNull(tracker);
    }

    /** Only of a live snapshot that was scanned whole. */
    public NodeStatus status() {
        return requireNonNull(status);
    }

    public long epoch() {
        return numbers[EPOCH.index()];
    }

    /** Microseconds since 1970, rounded down. */
    public long observedMicros() {
        return numbers[OBSERVED_AT.index()];
    }

    /** Microseconds since 1970, rounded down. */
    public long fetchedMicros() {
        return numbers[FETCHED_AT.index()];
    }

    public long earned() {
        return numbers[EARNED.index()];
    }

    public long inferences() {
        return numbers[INFERENCES.index()];
    }

    public long missed() {
        return numbers[MISSED.index()];
    }

    public long validated() {
        return numbers[VALIDATED.index()];
    }

    public long invalidated() {
        return numbers[INVALIDATED.index()];
    }

    /** Only of a live snapshot that was scanned whole; -1 if the record has no weight. */
    public long weight() {
        return starts[WEIGHT.index()] == ABSENT ? ABSENT : numbers[WEIGHT.index()];
    }

    /** Defined for the fields of this kind of record that the scan reached. */
    boolean has(MessageField field) {
        return starts[field.ordinal()] != ABSENT;
    }

    int start(MessageField field) {
        return starts[field.ordinal()];
    }

    int end(MessageField field) {
        return ends[field.ordinal()];
    }

    /** A time is in microseconds since 1970, rounded down. */
    long number(MessageField field) {
        return numbers[field.ordinal()];
    }

    private void reset(byte[] bytes, int from, int to, long timestamp) {
        input.reset(bytes, from, to);
        latestMicros = RecordTimeLimit.latestMicros(timestamp);
    }

    private boolean scanEarnings() {
        return scanNode()
                && input.skip(EPOCH)
                && readInteger(EPOCH, MessageLimits.MAX_EPOCH)
                && input.skip(OBSERVED_AT)
                && readPastTime(OBSERVED_AT)
                && input.skip(EARNED)
                && readAmount(EARNED)
                && input.skip(INFERENCES)
                && readInteger(INFERENCES, MessageLimits.MAX_COUNT)
                && input.skip(MISSED)
                && readInteger(MISSED, MessageLimits.MAX_COUNT)
                && (live || scanSettlement())
                && scanOrigin();
    }

    private boolean scanNode() {
        if (!input.skip(VERSION_KIND)) {
            return false;
        }
        live = input.skip(LIVE_NODE);
        return (live || input.skip(SETTLED_NODE)) && readText(LIVE_NODE, Integer.MAX_VALUE);
    }

    private boolean scanSettlement() {
        if (!input.skip(REWARDED)
                || !readAmount(REWARDED)
                || !input.skip(CLAIM)
                || !readText(CLAIM, Integer.MAX_VALUE)) {
            return false;
        }
        ClaimState claim = claims.get(input.bytes(), starts[CLAIM.index()], ends[CLAIM.index()]);
        boolean approximate = input.skip(APPROXIMATE);
        if (!approximate && !input.skip(EXACT)) {
            return false;
        }
        numbers[APPROXIMATE.index()] = approximate ? 1 : 0;
        return input.skip(SETTLED_AT)
                && readPastTime(SETTLED_AT)
                && (!isPresent(SETTLED_HEIGHT) || readInteger(SETTLED_HEIGHT, Long.MAX_VALUE))
                && isPresent(FORFEITED_AT) == (claim == ClaimState.FORFEITED)
                && (claim != ClaimState.FORFEITED || readPastTime(FORFEITED_AT));
    }

    private boolean scanOrigin() {
        if (!input.skip(FETCHED_AT)
                || !readPastTime(FETCHED_AT)
                || !input.skip(TRACKER)
                || !readText(TRACKER, Integer.MAX_VALUE)) {
            return false;
        }
        tracker = trackers.get(input.bytes(), starts[TRACKER.index()], ends[TRACKER.index()]);
        return input.skip(POLL)
                && readText(POLL, MessageLimits.MAX_ID_LENGTH)
                && (!isPresent(HEIGHT) || readInteger(HEIGHT, Long.MAX_VALUE))
                && input.skip(VALIDATED)
                && readInteger(VALIDATED, MessageLimits.MAX_COUNT)
                && input.skip(INVALIDATED)
                && readInteger(INVALIDATED, MessageLimits.MAX_COUNT);
    }

    private boolean scanFacts() {
        if (!input.skip(STATUS) || !readText(STATUS, Integer.MAX_VALUE)) {
            return false;
        }
        status = statuses.get(input.bytes(), starts[STATUS.index()], ends[STATUS.index()]);
        return (!isPresent(PARTICIPANT_STATUS) || readText(PARTICIPANT_STATUS, MessageLimits.MAX_WORD_LENGTH))
                && (!isPresent(WEIGHT) || readInteger(WEIGHT, MessageLimits.MAX_WEIGHT))
                && (!isPresent(MODEL) || readText(MODEL, MessageLimits.MAX_TEXT_LENGTH))
                && (!isPresent(DISPLAY_NAME) || readText(DISPLAY_NAME, MessageLimits.MAX_ID_LENGTH))
                && (!isPresent(GPU_TYPE) || readText(GPU_TYPE, MessageLimits.MAX_WORD_LENGTH))
                && (!isPresent(GPU_COUNT) || readInteger(GPU_COUNT, Long.MAX_VALUE))
                && (!isPresent(TOKENS_PER_SECOND) || readDecimal(TOKENS_PER_SECOND))
                && (!isPresent(JAILED_UNTIL) || readTime(JAILED_UNTIL))
                && (!isPresent(MODELS) || readTexts(MODELS));
    }

    private boolean readText(FieldStart field, int maxLength) {
        int start = input.position();
        int end = input.skipText();
        starts[field.index()] = start;
        ends[field.index()] = end;
        return end >= 0 && end - start <= maxLength;
    }

    /** Keeps the offsets of the whole list: the first text begins at its start, the last text ends at its end. */
    private boolean readTexts(FieldStart field) {
        int listStart = input.position();
        for (int i = 0; i < MessageLimits.MAX_MODELS && readText(field, MessageLimits.MAX_TEXT_LENGTH); i++) {
            if (input.skip(']')) {
                starts[field.index()] = listStart;
                return true;
            }
            if (!input.skip(',') || !input.skip('"')) {
                return false;
            }
        }
        return false;
    }

    private boolean readInteger(FieldStart field, long max) {
        long number = input.readInteger();
        numbers[field.index()] = number;
        return number >= 0 && number <= max;
    }

    /** The limit of amounts has 19 digits, so it needs no check here. */
    private boolean readAmount(FieldStart field) {
        long amount = input.readDigits();
        numbers[field.index()] = amount;
        return amount >= 0 && input.skip('"');
    }

    private boolean readDecimal(FieldStart field) {
        starts[field.index()] = input.position();
        boolean decimal = input.skipDecimal();
        ends[field.index()] = input.position();
        return decimal;
    }

    /** Accepts times from 1970 up to the limit of the record. */
    private boolean readPastTime(FieldStart field) {
        return readTime(field) && numbers[field.index()] >= 0 && numbers[field.index()] <= latestMicros;
    }

    private boolean readTime(FieldStart field) {
        int start = input.position();
        int end = input.skipText();
        if (end < 0) {
            return false;
        }
        numbers[field.index()] = dates.parseMicros(input.bytes(), start, end - start);
        starts[field.index()] = start;
        ends[field.index()] = end;
        return true;
    }

    private boolean isPresent(FieldStart optional) {
        boolean present = input.skip(optional);
        starts[optional.index()] = present ? input.position() : ABSENT;
        return present;
    }

    private static <E extends Enum<E>> E parseWord(Class<E> type, String word) {
        E constant = EnumWordConverter.parse(type, word);
        if (constant == null) {
            throw new IllegalArgumentException("Expected one of " + EnumWordConverter.words(type) + ", got " + word);
        }
        return constant;
    }
}
