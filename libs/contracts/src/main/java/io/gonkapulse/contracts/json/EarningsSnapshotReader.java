package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.gonkapulse.contracts.ClaimState;
import io.gonkapulse.contracts.EarningsFact;
import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Settlement;
import io.gonkapulse.contracts.TrackerName;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a snapshot that the earnings need, and stops there. Canonical records take a fast path without a
 * tokenizer; {@link SnapshotCodec} decodes all others and alone refuses records.
 *
 * <p>Both paths return the same values, with one exception: if a record is damaged behind the last needed field, the
 * fast path returns the intact beginning. Safe for use by many threads.
 */
public final class EarningsSnapshotReader {

    private static final int NODE_CACHE_SIZE = 1 << 18;
    private static final int TRACKER_CACHE_SIZE = 1 << 8;
    private static final int MAX_LONG_DIGITS = 18;

    private static final byte[] LIVE = bytes("{\"v\":1,\"kind\":\"live\"");
    private static final byte[] SETTLED = bytes("{\"v\":1,\"kind\":\"settled\"");
    private static final byte[] NODE = fieldPrefix(SnapshotField.NODE);
    private static final byte[] EPOCH = fieldPrefix(SnapshotField.EPOCH);
    private static final byte[] OBSERVED_AT = fieldPrefix(SnapshotField.OBSERVED_AT);
    private static final byte[] EARNED = fieldPrefix(SnapshotField.EARNED);
    private static final byte[] INFERENCES = fieldPrefix(SnapshotField.INFERENCES);
    private static final byte[] MISSED = fieldPrefix(SnapshotField.MISSED);
    private static final byte[] REWARDED = fieldPrefix(SnapshotField.REWARDED);
    private static final byte[] CLAIM = fieldPrefix(SnapshotField.CLAIM);
    private static final byte[] APPROXIMATE = fieldPrefix(SnapshotField.APPROXIMATE);
    private static final byte[] SETTLED_AT = fieldPrefix(SnapshotField.SETTLED_AT);
    private static final byte[] SETTLED_HEIGHT = fieldPrefix(SnapshotField.SETTLED_HEIGHT);
    private static final byte[] FORFEITED_AT = fieldPrefix(SnapshotField.FORFEITED_AT);
    private static final byte[] FETCHED_AT = fieldPrefix(SnapshotField.FETCHED_AT);
    private static final byte[] TRACKER = fieldPrefix(SnapshotField.TRACKER);
    private static final byte[] POLL = fieldPrefix(SnapshotField.POLL);
    private static final byte[] HEIGHT = fieldPrefix(SnapshotField.HEIGHT);
    private static final byte[] VALIDATED = fieldPrefix(SnapshotField.VALIDATED);
    private static final byte[] INVALIDATED = fieldPrefix(SnapshotField.INVALIDATED);

    private final ParsedValueCache<NodeIdentifier> nodes = new ParsedValueCache<>(NODE_CACHE_SIZE, NodeIdentifier::new);
    private final ParsedValueCache<TrackerName> trackers = new ParsedValueCache<>(TRACKER_CACHE_SIZE, TrackerName::new);
    private final SnapshotCodec codec = new SnapshotCodec();

    /**
     * Throws {@link UndecodableMessageException} if the bytes are no snapshot.
     *
     * @param timestamp of the record, in milliseconds since 1970
     */
    public EarningsFact read(byte[] json, long timestamp) {
        EarningsFact fact = readCanonical(json, timestamp);
        return fact != null ? fact : EarningsFact.of(codec.decode(json, timestamp));
    }

    /** Returns null if the record is not canonical. */
    @Nullable
    EarningsFact readCanonical(byte[] json, long timestamp) {
        JsonByteScanner cursor = new JsonByteScanner(json);
        boolean live = cursor.skip(LIVE);
        try {
            return live || cursor.skip(SETTLED)
                    ? readFact(cursor, live, RecordTimeLimit.latestMicros(timestamp))
                    : null;
        } catch (NotCanonicalException | IllegalArgumentException | DateTimeException e) {
            return null;
        }
    }

    private EarningsFact readFact(JsonByteScanner cursor, boolean live, long latestMicros) {
        NodeIdentifier node = nodes.get(cursor.json(), skipText(cursor, NODE), cursor.tokenEnd);
        long epoch = readInteger(cursor, EPOCH);
        Instant observedAt = readInstant(cursor, OBSERVED_AT, latestMicros);
        Ngonka earned = readAmount(cursor, EARNED);
        long inferences = readInteger(cursor, INFERENCES);
        long missed = readInteger(cursor, MISSED);
        Settlement settlement = live ? null : readSettlement(cursor, latestMicros);
        readInstant(cursor, FETCHED_AT, latestMicros);
        TrackerName tracker = trackers.get(cursor.json(), skipText(cursor, TRACKER), cursor.tokenEnd);
        skipText(cursor, POLL);
        readIntegerOrNull(cursor, HEIGHT);
        NodeCounters counters = new NodeCounters(
                earned, inferences, missed, readInteger(cursor, VALIDATED), readInteger(cursor, INVALIDATED));
        return new EarningsFact(node, epoch, observedAt, tracker, counters, settlement);
    }

    private static Settlement readSettlement(JsonByteScanner cursor, long latestMicros) {
        return new Settlement(
                readAmount(cursor, REWARDED),
                readClaim(cursor),
                readFlag(cursor),
                readInstant(cursor, SETTLED_AT, latestMicros),
                readIntegerOrNull(cursor, SETTLED_HEIGHT),
                readInstantOrNull(cursor, FORFEITED_AT, latestMicros));
    }

    private static ClaimState readClaim(JsonByteScanner cursor) {
        String word =
                new String(cursor.json(), skipText(cursor, CLAIM), cursor.tokenEnd - cursor.tokenStart, ISO_8859_1);
        ClaimState claim = EnumWordConverter.parse(ClaimState.class, word);
        if (claim == null) {
            throw new NotCanonicalException();
        }
        return claim;
    }

    private static boolean readFlag(JsonByteScanner cursor) {
        require(cursor.skip(APPROXIMATE));
        boolean flag = cursor.skip(JsonByteScanner.TRUE);
        require(flag || cursor.skip(JsonByteScanner.FALSE));
        return flag;
    }

    /** Returns the start of the text; its end is {@code scanner.tokenEnd}. */
    private static int skipText(JsonByteScanner cursor, byte[] name) {
        require(cursor.skip(name) && cursor.skipString());
        return cursor.tokenStart;
    }

    private static @Nullable Long readIntegerOrNull(JsonByteScanner cursor, byte[] name) {
        return cursor.skip(name) ? (Long) readDigits(cursor) : null;
    }

    private static long readInteger(JsonByteScanner cursor, byte[] name) {
        require(cursor.skip(name));
        return readDigits(cursor);
    }

    private static long readDigits(JsonByteScanner cursor) {
        int digits = cursor.skipDigits();
        boolean leadingZero = digits > 1 && cursor.json()[cursor.tokenStart] == '0';
        require(digits > 0 && digits <= MAX_LONG_DIGITS && !leadingZero && cursor.isAtValueEnd());
        return cursor.parseToken();
    }

    private static Ngonka readAmount(JsonByteScanner cursor, byte[] name) {
        require(cursor.skip(name) && cursor.skip('"'));
        int digits = cursor.skipDigits();
        require(digits > 0 && digits <= MAX_LONG_DIGITS && cursor.skip('"'));
        return Ngonka.of(cursor.parseToken());
    }

    private static @Nullable Instant readInstantOrNull(JsonByteScanner cursor, byte[] name, long latestMicros) {
        return cursor.skip(name) ? readInstant(cursor, latestMicros) : null;
    }

    private static Instant readInstant(JsonByteScanner cursor, byte[] name, long latestMicros) {
        require(cursor.skip(name));
        return readInstant(cursor, latestMicros);
    }

    private static Instant readInstant(JsonByteScanner cursor, long latestMicros) {
        require(cursor.skipString());
        Instant time = TimestampParser.parse(cursor.json(), cursor.tokenStart, cursor.tokenEnd - cursor.tokenStart);
        require(RecordTimeLimit.toMicros(time) >= 0 && RecordTimeLimit.toMicros(time) <= latestMicros);
        return time;
    }

    private static void require(boolean canonical) {
        if (!canonical) {
            throw new NotCanonicalException();
        }
    }

    private static byte[] fieldPrefix(SnapshotField field) {
        return bytes(",\"" + field.jsonName() + "\":");
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(ISO_8859_1);
    }

    /**
     * Ends the fast path from any depth. It has no stack trace, because it is part of the normal flow, and is never
     * thrown to callers.
     */
    private static final class NotCanonicalException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private NotCanonicalException() {
            super("not in canonical form", null, false, false);
        }
    }
}
