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
        JsonByteScanner scanner = new JsonByteScanner(json);
        boolean live = scanner.skip(LIVE);
        try {
            return live || scanner.skip(SETTLED)
                    ? readFact(scanner, live, RecordTimeLimit.latestMicros(timestamp))
                    : null;
        } catch (NotCanonicalException | IllegalArgumentException | DateTimeException e) {
            return null;
        }
    }

    private EarningsFact readFact(JsonByteScanner scanner, boolean live, long latestMicros) {
        NodeIdentifier node = nodes.get(scanner.json(), skipText(scanner, NODE), scanner.tokenEnd);
        long epoch = readInteger(scanner, EPOCH);
        Instant observedAt = readInstant(scanner, OBSERVED_AT, latestMicros);
        Ngonka earned = readAmount(scanner, EARNED);
        long inferences = readInteger(scanner, INFERENCES);
        long missed = readInteger(scanner, MISSED);
        Settlement settlement = live ? null : readSettlement(scanner, latestMicros);
        readInstant(scanner, FETCHED_AT, latestMicros);
        TrackerName tracker = trackers.get(scanner.json(), skipText(scanner, TRACKER), scanner.tokenEnd);
        skipText(scanner, POLL);
        readIntegerOrNull(scanner, HEIGHT);
        NodeCounters counters = new NodeCounters(
                earned, inferences, missed, readInteger(scanner, VALIDATED), readInteger(scanner, INVALIDATED));
        return new EarningsFact(node, epoch, observedAt, tracker, counters, settlement);
    }

    private static Settlement readSettlement(JsonByteScanner scanner, long latestMicros) {
        return new Settlement(
                readAmount(scanner, REWARDED),
                readClaim(scanner),
                readFlag(scanner),
                readInstant(scanner, SETTLED_AT, latestMicros),
                readIntegerOrNull(scanner, SETTLED_HEIGHT),
                readInstantOrNull(scanner, FORFEITED_AT, latestMicros));
    }

    private static ClaimState readClaim(JsonByteScanner scanner) {
        String word =
                new String(scanner.json(), skipText(scanner, CLAIM), scanner.tokenEnd - scanner.tokenStart, ISO_8859_1);
        ClaimState claim = EnumWordConverter.parse(ClaimState.class, word);
        if (claim == null) {
            throw new NotCanonicalException();
        }
        return claim;
    }

    private static boolean readFlag(JsonByteScanner scanner) {
        require(scanner.skip(APPROXIMATE));
        boolean flag = scanner.skip(JsonByteScanner.TRUE);
        require(flag || scanner.skip(JsonByteScanner.FALSE));
        return flag;
    }

    /** Returns the start of the text; its end is {@code scanner.tokenEnd}. */
    private static int skipText(JsonByteScanner scanner, byte[] name) {
        require(scanner.skip(name) && scanner.skipString());
        return scanner.tokenStart;
    }

    private static @Nullable Long readIntegerOrNull(JsonByteScanner scanner, byte[] name) {
        return scanner.skip(name) ? (Long) readDigits(scanner) : null;
    }

    private static long readInteger(JsonByteScanner scanner, byte[] name) {
        require(scanner.skip(name));
        return readDigits(scanner);
    }

    private static long readDigits(JsonByteScanner scanner) {
        int digits = scanner.skipDigits();
        boolean leadingZero = digits > 1 && scanner.json()[scanner.tokenStart] == '0';
        require(digits > 0 && digits <= MAX_LONG_DIGITS && !leadingZero && scanner.isAtValueEnd());
        return scanner.parseToken();
    }

    private static Ngonka readAmount(JsonByteScanner scanner, byte[] name) {
        require(scanner.skip(name) && scanner.skip('"'));
        int digits = scanner.skipDigits();
        require(digits > 0 && digits <= MAX_LONG_DIGITS && scanner.skip('"'));
        return Ngonka.of(scanner.parseToken());
    }

    private static @Nullable Instant readInstantOrNull(JsonByteScanner scanner, byte[] name, long latestMicros) {
        return scanner.skip(name) ? readInstant(scanner, latestMicros) : null;
    }

    private static Instant readInstant(JsonByteScanner scanner, byte[] name, long latestMicros) {
        require(scanner.skip(name));
        return readInstant(scanner, latestMicros);
    }

    private static Instant readInstant(JsonByteScanner scanner, long latestMicros) {
        require(scanner.skipString());
        Instant time = TimestampParser.parse(scanner.json(), scanner.tokenStart, scanner.tokenEnd - scanner.tokenStart);
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
