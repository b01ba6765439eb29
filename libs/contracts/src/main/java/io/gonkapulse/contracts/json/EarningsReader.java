package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.gonkapulse.contracts.ClaimState;
import io.gonkapulse.contracts.Counters;
import io.gonkapulse.contracts.EarningsFact;
import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Settlement;
import io.gonkapulse.contracts.TrackerName;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads of a snapshot what earnings need, and stops. Records that stand as {@link SnapshotCodec} writes them go the short
 * way; all others go to the codec, which alone may refuse. What both read, both read alike; but of a record whose end is
 * damaged, behind the last field that is needed, the short way reads the intact beginning. Safe for use by many threads.
 */
public final class EarningsReader {

    private static final int NODES = 1 << 18;
    private static final int TRACKERS = 1 << 8;
    private static final int SURELY_A_LONG = 18;

    private static final byte[] LIVE = bytes("{\"v\":1,\"kind\":\"live\"");
    private static final byte[] SETTLED = bytes("{\"v\":1,\"kind\":\"settled\"");
    private static final byte[] NODE = name(SnapshotField.NODE);
    private static final byte[] EPOCH = name(SnapshotField.EPOCH);
    private static final byte[] OBSERVED_AT = name(SnapshotField.OBSERVED_AT);
    private static final byte[] EARNED = name(SnapshotField.EARNED);
    private static final byte[] INFERENCES = name(SnapshotField.INFERENCES);
    private static final byte[] MISSED = name(SnapshotField.MISSED);
    private static final byte[] REWARDED = name(SnapshotField.REWARDED);
    private static final byte[] CLAIM = name(SnapshotField.CLAIM);
    private static final byte[] APPROXIMATE = name(SnapshotField.APPROXIMATE);
    private static final byte[] SETTLED_AT = name(SnapshotField.SETTLED_AT);
    private static final byte[] SETTLED_HEIGHT = name(SnapshotField.SETTLED_HEIGHT);
    private static final byte[] FORFEITED_AT = name(SnapshotField.FORFEITED_AT);
    private static final byte[] FETCHED_AT = name(SnapshotField.FETCHED_AT);
    private static final byte[] TRACKER = name(SnapshotField.TRACKER);
    private static final byte[] POLL = name(SnapshotField.POLL);
    private static final byte[] HEIGHT = name(SnapshotField.HEIGHT);
    private static final byte[] VALIDATED = name(SnapshotField.VALIDATED);
    private static final byte[] INVALIDATED = name(SnapshotField.INVALIDATED);

    private final SharedValues<NodeIdentifier> nodes = new SharedValues<>(NODES, NodeIdentifier::new);
    private final SharedValues<TrackerName> trackers = new SharedValues<>(TRACKERS, TrackerName::new);
    private final SnapshotCodec codec = new SnapshotCodec();

    /**
     * Refuses what is no snapshot, with an {@link UndecodableMessageException}.
     *
     * @param timestamp of the record, in milliseconds since 1970
     */
    public EarningsFact read(byte[] json, long timestamp) {
        EarningsFact fact = readShortWay(json, timestamp);
        return fact != null ? fact : EarningsFact.of(codec.decode(json, timestamp));
    }

    /** Null leaves the record to the codec. */
    @Nullable
    EarningsFact readShortWay(byte[] json, long timestamp) {
        Cursor cursor = new Cursor(json);
        boolean live = cursor.skips(LIVE);
        try {
            return live || cursor.skips(SETTLED) ? fact(cursor, live, RecordTime.latestMicros(timestamp)) : null;
        } catch (NotPlainException | IllegalArgumentException | DateTimeException e) {
            return null;
        }
    }

    private EarningsFact fact(Cursor cursor, boolean live, long latestMicros) {
        NodeIdentifier node = nodes.of(cursor.json(), string(cursor, NODE), cursor.to);
        long epoch = whole(cursor, EPOCH);
        Instant observedAt = instant(cursor, OBSERVED_AT, latestMicros);
        Ngonka earned = amount(cursor, EARNED);
        long inferences = whole(cursor, INFERENCES);
        long missed = whole(cursor, MISSED);
        Settlement settlement = live ? null : settlement(cursor, latestMicros);
        instant(cursor, FETCHED_AT, latestMicros);
        TrackerName tracker = trackers.of(cursor.json(), string(cursor, TRACKER), cursor.to);
        string(cursor, POLL);
        wholeOrNull(cursor, HEIGHT);
        Counters counters =
                new Counters(earned, inferences, missed, whole(cursor, VALIDATED), whole(cursor, INVALIDATED));
        return new EarningsFact(node, epoch, observedAt, tracker, counters, settlement);
    }

    private static Settlement settlement(Cursor cursor, long latestMicros) {
        return new Settlement(
                amount(cursor, REWARDED),
                claim(cursor),
                flag(cursor),
                instant(cursor, SETTLED_AT, latestMicros),
                wholeOrNull(cursor, SETTLED_HEIGHT),
                instantOrNull(cursor, FORFEITED_AT, latestMicros));
    }

    private static ClaimState claim(Cursor cursor) {
        String word = new String(cursor.json(), string(cursor, CLAIM), cursor.to - cursor.from, ISO_8859_1);
        ClaimState claim = Words.read(ClaimState.class, word);
        if (claim == null) {
            throw new NotPlainException();
        }
        return claim;
    }

    private static boolean flag(Cursor cursor) {
        require(cursor.skips(APPROXIMATE));
        boolean flag = cursor.skips(Cursor.TRUE);
        require(flag || cursor.skips(Cursor.FALSE));
        return flag;
    }

    /** Where the string begins; it ends at {@code cursor.to}. */
    private static int string(Cursor cursor, byte[] name) {
        require(cursor.skips(name) && cursor.skipsString());
        return cursor.from;
    }

    private static @Nullable Long wholeOrNull(Cursor cursor, byte[] name) {
        return cursor.skips(name) ? (Long) number(cursor) : null;
    }

    private static long whole(Cursor cursor, byte[] name) {
        require(cursor.skips(name));
        return number(cursor);
    }

    private static long number(Cursor cursor) {
        int digits = cursor.skipDigits();
        boolean leadingZero = digits > 1 && cursor.json()[cursor.from] == '0';
        require(digits > 0 && digits <= SURELY_A_LONG && !leadingZero && cursor.standsAtEndOfValue());
        return cursor.number();
    }

    private static Ngonka amount(Cursor cursor, byte[] name) {
        require(cursor.skips(name) && cursor.skips('"'));
        int digits = cursor.skipDigits();
        require(digits > 0 && digits <= SURELY_A_LONG && cursor.skips('"'));
        return Ngonka.of(cursor.number());
    }

    private static @Nullable Instant instantOrNull(Cursor cursor, byte[] name, long latestMicros) {
        return cursor.skips(name) ? instant(cursor, latestMicros) : null;
    }

    private static Instant instant(Cursor cursor, byte[] name, long latestMicros) {
        require(cursor.skips(name));
        return instant(cursor, latestMicros);
    }

    private static Instant instant(Cursor cursor, long latestMicros) {
        require(cursor.skipsString());
        Instant time = Timestamps.parse(cursor.json(), cursor.from, cursor.to - cursor.from);
        require(RecordTime.micros(time) >= 0 && RecordTime.micros(time) <= latestMicros);
        return time;
    }

    private static void require(boolean plain) {
        if (!plain) {
            throw new NotPlainException();
        }
    }

    private static byte[] name(SnapshotField field) {
        return bytes(",\"" + field.jsonName() + "\":");
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(ISO_8859_1);
    }

    /** Leaves the short way from any depth; never seen outside. */
    private static final class NotPlainException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private NotPlainException() {
            super("not in the plain form", null, false, false);
        }
    }
}
