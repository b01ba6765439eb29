package io.gonkapulse.contracts.json;

import static io.gonkapulse.contracts.json.SnapshotField.*;

import io.gonkapulse.contracts.ClaimState;
import io.gonkapulse.contracts.Counters;
import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.contracts.Origin;
import io.gonkapulse.contracts.SettledSnapshot;
import io.gonkapulse.contracts.Settlement;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.TrackerName;
import tools.jackson.core.json.JsonFactory;

/** Snapshots are the traffic: a poll is thousands of them, and a rebuild reads them all. */
public final class SnapshotCodec implements Codec<Snapshot> {

    private enum Kind {
        LIVE,
        SETTLED
    }

    private final JsonFactory factory = new JsonFactory();
    private final CanonicalReader canonicalReader = new CanonicalReader(SnapshotField.values());
    private final FieldReader reader = new FieldReader(factory, SnapshotField.values());

    @Override
    public byte[] encode(Snapshot snapshot) {
        return FieldWriter.write(factory, json -> {
            if (snapshot instanceof LiveSnapshot live) {
                head(json, Kind.LIVE, live);
                tail(json, live);
                facts(json, live);
            } else if (snapshot instanceof SettledSnapshot settled) {
                head(json, Kind.SETTLED, settled);
                settlement(json, settled.settlement());
                tail(json, settled);
            }
        });
    }

    private static void head(FieldWriter json, Kind kind, Snapshot snapshot) {
        json.version(VERSION)
                .word(KIND, kind)
                .text(NODE, snapshot.node())
                .whole(EPOCH, snapshot.epoch())
                .instant(OBSERVED_AT, snapshot.origin().observedAt())
                .amount(EARNED, snapshot.counters().earned())
                .whole(INFERENCES, snapshot.counters().inferences())
                .whole(MISSED, snapshot.counters().missed());
    }

    private static void settlement(FieldWriter json, Settlement settlement) {
        json.amount(REWARDED, settlement.rewarded())
                .word(CLAIM, settlement.claim())
                .flag(APPROXIMATE, settlement.approximate())
                .instant(SETTLED_AT, settlement.settledAt())
                .whole(SETTLED_HEIGHT, settlement.settledHeight())
                .instant(FORFEITED_AT, settlement.forfeitedAt());
    }

    private static void tail(FieldWriter json, Snapshot snapshot) {
        Origin origin = snapshot.origin();
        json.instant(FETCHED_AT, origin.fetchedAt())
                .text(TRACKER, origin.tracker())
                .text(POLL, origin.pollId())
                .whole(HEIGHT, origin.height())
                .whole(VALIDATED, snapshot.counters().validated())
                .whole(INVALIDATED, snapshot.counters().invalidated());
    }

    private static void facts(FieldWriter json, LiveSnapshot live) {
        NodeFacts facts = live.facts();
        json.word(STATUS, live.status())
                .text(PARTICIPANT_STATUS, facts.participantStatus())
                .whole(WEIGHT, facts.weight())
                .text(MODEL, facts.model())
                .text(DISPLAY_NAME, facts.displayName())
                .text(GPU_TYPE, facts.gpuType())
                .whole(GPU_COUNT, facts.gpuCount())
                .decimal(TOKENS_PER_SECOND, facts.tokensPerSecond())
                .instant(JAILED_UNTIL, facts.jailedUntil());
    }

    @Override
    public Snapshot decode(byte[] json) {
        FieldValues canonical = canonicalReader.read(json);
        FieldValues values = canonical == null ? reader.read(json) : canonical;
        return MessageParts.build(() -> switch (values.word(KIND, Kind.class)) {
            case LIVE -> live(values);
            case SETTLED -> settled(values);
        });
    }

    /**
     * The same of a record that was read from the topic: refuses one that speaks of a time after its own.
     *
     * @param timestamp of the record, in milliseconds since 1970
     */
    public Snapshot decode(byte[] json, long timestamp) {
        Snapshot snapshot = decode(json);
        RecordTime time = new RecordTime(timestamp);
        time.requireUpTo(OBSERVED_AT, snapshot.origin().observedAt());
        time.requireUpTo(FETCHED_AT, snapshot.origin().fetchedAt());
        if (snapshot instanceof SettledSnapshot settled) {
            time.requireUpTo(SETTLED_AT, settled.settlement().settledAt());
            time.requireUpTo(FORFEITED_AT, settled.settlement().forfeitedAt());
        }
        return snapshot;
    }

    private static LiveSnapshot live(FieldValues values) {
        return new LiveSnapshot(
                node(values),
                values.whole(EPOCH),
                origin(values),
                counters(values),
                values.word(STATUS, NodeStatus.class),
                facts(values));
    }

    private static SettledSnapshot settled(FieldValues values) {
        return new SettledSnapshot(
                node(values), values.whole(EPOCH), origin(values), counters(values), settlement(values));
    }

    private static NodeIdentifier node(FieldValues values) {
        return new NodeIdentifier(values.text(NODE));
    }

    private static Origin origin(FieldValues values) {
        return new Origin(
                new TrackerName(values.text(TRACKER)),
                values.text(POLL),
                values.instant(FETCHED_AT),
                values.instant(OBSERVED_AT),
                values.wholeOrNull(HEIGHT));
    }

    private static Counters counters(FieldValues values) {
        return new Counters(
                values.amount(EARNED),
                values.whole(INFERENCES),
                values.whole(MISSED),
                values.whole(VALIDATED),
                values.whole(INVALIDATED));
    }

    private static NodeFacts facts(FieldValues values) {
        return new NodeFacts(
                values.textOrNull(PARTICIPANT_STATUS),
                values.wholeOrNull(WEIGHT),
                values.textOrNull(MODEL),
                values.textOrNull(DISPLAY_NAME),
                values.textOrNull(GPU_TYPE),
                values.wholeOrNull(GPU_COUNT),
                values.decimalOrNull(TOKENS_PER_SECOND),
                values.instantOrNull(JAILED_UNTIL));
    }

    private static Settlement settlement(FieldValues values) {
        return new Settlement(
                values.amount(REWARDED),
                values.word(CLAIM, ClaimState.class),
                values.flag(APPROXIMATE),
                values.instant(SETTLED_AT),
                values.wholeOrNull(SETTLED_HEIGHT),
                values.instantOrNull(FORFEITED_AT));
    }
}
