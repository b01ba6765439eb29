package io.gonkapulse.contracts.json;

import static io.gonkapulse.contracts.json.SnapshotField.*;

import io.gonkapulse.contracts.ClaimState;
import io.gonkapulse.contracts.EarningsFact;
import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.contracts.SettledSnapshot;
import io.gonkapulse.contracts.Settlement;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.SnapshotOrigin;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonFactory;

/**
 * Encodes and decodes snapshots. They are nearly all of the traffic: a poll has thousands of them, and a rebuild reads
 * all of them. So decoding has a fast path for canonical records; {@link JsonFieldReader} reads all others.
 */
public final class SnapshotCodec implements MessageCodec<Snapshot> {

    private enum SnapshotKind {
        LIVE,
        SETTLED
    }

    /** One for each thread, because a scanner keeps the position in a record, and caches values without locks. */
    private static final ThreadLocal<ScannedFieldValues> SCANNED = ThreadLocal.withInitial(ScannedFieldValues::new);

    private final JsonFactory factory = new JsonFactory();
    private final JsonFieldReader reader = new JsonFieldReader(factory, SnapshotField.values());

    @Override
    public byte[] encode(Snapshot snapshot) {
        return JsonFieldWriter.write(factory, json -> {
            if (snapshot instanceof LiveSnapshot live) {
                writeHeader(json, SnapshotKind.LIVE, live);
                writeOrigin(json, live);
                facts(json, live);
            } else if (snapshot instanceof SettledSnapshot settled) {
                writeHeader(json, SnapshotKind.SETTLED, settled);
                settlement(json, settled.settlement());
                writeOrigin(json, settled);
            }
        });
    }

    /**
     * Writes the fields that decide whether a reader needs the rest, and the counters that earnings are computed from.
     */
    private static void writeHeader(JsonFieldWriter json, SnapshotKind kind, Snapshot snapshot) {
        json.version(VERSION)
                .enumValue(KIND, kind)
                .text(NODE, snapshot.node())
                .integer(EPOCH, snapshot.epoch())
                .instant(OBSERVED_AT, snapshot.origin().observedAt())
                .amount(EARNED, snapshot.counters().earned())
                .integer(INFERENCES, snapshot.counters().inferences())
                .integer(MISSED, snapshot.counters().missed());
    }

    private static void settlement(JsonFieldWriter json, Settlement settlement) {
        json.amount(REWARDED, settlement.rewarded())
                .enumValue(CLAIM, settlement.claim())
                .flag(APPROXIMATE, settlement.approximate())
                .instant(SETTLED_AT, settlement.settledAt())
                .integer(SETTLED_HEIGHT, settlement.settledHeight())
                .instant(FORFEITED_AT, settlement.forfeitedAt());
    }

    private static void writeOrigin(JsonFieldWriter json, Snapshot snapshot) {
        SnapshotOrigin origin = snapshot.origin();
        json.instant(FETCHED_AT, origin.fetchedAt())
                .text(TRACKER, origin.tracker())
                .text(POLL, origin.pollId())
                .integer(HEIGHT, origin.height())
                .integer(VALIDATED, snapshot.counters().validated())
                .integer(INVALIDATED, snapshot.counters().invalidated());
    }

    private static void facts(JsonFieldWriter json, LiveSnapshot live) {
        NodeFacts facts = live.facts();
        json.enumValue(STATUS, live.status())
                .text(PARTICIPANT_STATUS, facts.participantStatus())
                .integer(WEIGHT, facts.weight())
                .text(MODEL, facts.model())
                .text(DISPLAY_NAME, facts.displayName())
                .text(GPU_TYPE, facts.gpuType())
                .integer(GPU_COUNT, facts.gpuCount())
                .decimal(TOKENS_PER_SECOND, facts.tokensPerSecond())
                .instant(JAILED_UNTIL, facts.jailedUntil())
                // Nearly every node serves one model, which MODEL already names.
                .texts(MODELS, facts.models().size() > 1 ? facts.models() : List.of());
    }

    @Override
    public Snapshot decode(byte[] json) {
        ScannedFieldValues scanned = SCANNED.get();
        if (scanned.scanner.scan(json, Long.MAX_VALUE)) {
            return UndecodableMessageException.translate(
                    () -> scanned.scanner.isLive() ? live(scanned) : settled(scanned));
        }
        FieldValues values = reader.read(json);
        return UndecodableMessageException.translate(() -> switch (values.enumValue(KIND, SnapshotKind.class)) {
            case LIVE -> live(values);
            case SETTLED -> settled(values);
        });
    }

    /**
     * Decodes a record of the topic and refuses times after the record's own timestamp.
     *
     * @param timestamp of the record, in milliseconds since 1970
     */
    public Snapshot decode(byte[] json, long timestamp) {
        Snapshot snapshot = decode(json);
        RecordTimeLimit time = new RecordTimeLimit(timestamp);
        time.requireNotAhead(OBSERVED_AT, snapshot.origin().observedAt());
        time.requireNotAhead(FETCHED_AT, snapshot.origin().fetchedAt());
        if (snapshot instanceof SettledSnapshot settled) {
            time.requireNotAhead(SETTLED_AT, settled.settlement().settledAt());
            time.requireNotAhead(FORFEITED_AT, settled.settlement().forfeitedAt());
        }
        return snapshot;
    }

    /**
     * Decodes only what the earnings need. Refuses what {@link #decode(byte[], long)} refuses, with one exception: if a
     * canonical record is damaged behind the last needed field, this returns the intact beginning.
     */
    public EarningsFact decodeEarnings(byte[] json, long timestamp) {
        EarningsFact fact = decodeCanonicalEarnings(json, timestamp);
        return fact == null ? EarningsFact.of(decode(json, timestamp)) : fact;
    }

    /** Returns null if the record is not canonical or not valid. */
    static @Nullable EarningsFact decodeCanonicalEarnings(byte[] json, long timestamp) {
        ScannedFieldValues scanned = SCANNED.get();
        try {
            return scanned.scanner.scanEarnings(json, 0, json.length, timestamp) ? earnings(scanned) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static EarningsFact earnings(ScannedFieldValues values) {
        return new EarningsFact(
                values.node(NODE),
                values.integer(EPOCH),
                values.instant(OBSERVED_AT),
                values.tracker(TRACKER),
                counters(values),
                values.scanner.isLive() ? null : settlement(values));
    }

    private static LiveSnapshot live(FieldValues values) {
        return new LiveSnapshot(
                values.node(NODE),
                values.integer(EPOCH),
                origin(values),
                counters(values),
                values.enumValue(STATUS, NodeStatus.class),
                facts(values));
    }

    private static SettledSnapshot settled(FieldValues values) {
        return new SettledSnapshot(
                values.node(NODE), values.integer(EPOCH), origin(values), counters(values), settlement(values));
    }

    private static SnapshotOrigin origin(FieldValues values) {
        return new SnapshotOrigin(
                values.tracker(TRACKER),
                values.text(POLL),
                values.instant(FETCHED_AT),
                values.instant(OBSERVED_AT),
                values.integerOrNull(HEIGHT));
    }

    private static NodeCounters counters(FieldValues values) {
        return new NodeCounters(
                values.amount(EARNED),
                values.integer(INFERENCES),
                values.integer(MISSED),
                values.integer(VALIDATED),
                values.integer(INVALIDATED));
    }

    private static NodeFacts facts(FieldValues values) {
        return new NodeFacts(
                values.textOrNull(PARTICIPANT_STATUS),
                values.integerOrNull(WEIGHT),
                models(values),
                values.textOrNull(DISPLAY_NAME),
                values.textOrNull(GPU_TYPE),
                values.integerOrNull(GPU_COUNT),
                values.decimalOrNull(TOKENS_PER_SECOND),
                values.instantOrNull(JAILED_UNTIL));
    }

    private static List<String> models(FieldValues values) {
        List<String> models = values.textsOrEmpty(MODELS);
        if (!models.isEmpty()) {
            return models;
        }
        String model = values.textOrNull(MODEL);
        return model == null ? List.of() : List.of(model);
    }

    private static Settlement settlement(FieldValues values) {
        return new Settlement(
                values.amount(REWARDED),
                values.enumValue(CLAIM, ClaimState.class),
                values.flag(APPROXIMATE),
                values.instant(SETTLED_AT),
                values.integerOrNull(SETTLED_HEIGHT),
                values.instantOrNull(FORFEITED_AT));
    }
}
