package io.gonkapulse.contracts.json;

import static io.gonkapulse.contracts.json.SnapshotField.*;

import io.gonkapulse.contracts.ClaimState;
import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.contracts.SettledSnapshot;
import io.gonkapulse.contracts.Settlement;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.SnapshotOrigin;
import io.gonkapulse.contracts.TrackerName;
import tools.jackson.core.json.JsonFactory;

/**
 * Encodes and decodes snapshots. They are nearly all of the traffic: a poll has thousands of them, and a rebuild reads
 * all of them. So decoding has a fast path for the canonical form.
 */
public final class SnapshotCodec implements MessageCodec<Snapshot> {

    private enum SnapshotKind {
        LIVE,
        SETTLED
    }

    private final JsonFactory factory = new JsonFactory();
    private final CanonicalJsonReader canonicalReader = new CanonicalJsonReader(SnapshotField.values());
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
                .instant(JAILED_UNTIL, facts.jailedUntil());
    }

    @Override
    public Snapshot decode(byte[] json) {
        FieldValues canonical = canonicalReader.read(json);
        FieldValues values = canonical == null ? reader.read(json) : canonical;
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

    private static LiveSnapshot live(FieldValues values) {
        return new LiveSnapshot(
                node(values),
                values.integer(EPOCH),
                origin(values),
                counters(values),
                values.enumValue(STATUS, NodeStatus.class),
                facts(values));
    }

    private static SettledSnapshot settled(FieldValues values) {
        return new SettledSnapshot(
                node(values), values.integer(EPOCH), origin(values), counters(values), settlement(values));
    }

    private static NodeIdentifier node(FieldValues values) {
        return new NodeIdentifier(values.text(NODE));
    }

    private static SnapshotOrigin origin(FieldValues values) {
        return new SnapshotOrigin(
                new TrackerName(values.text(TRACKER)),
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
                values.textOrNull(MODEL),
                values.textOrNull(DISPLAY_NAME),
                values.textOrNull(GPU_TYPE),
                values.integerOrNull(GPU_COUNT),
                values.decimalOrNull(TOKENS_PER_SECOND),
                values.instantOrNull(JAILED_UNTIL));
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
