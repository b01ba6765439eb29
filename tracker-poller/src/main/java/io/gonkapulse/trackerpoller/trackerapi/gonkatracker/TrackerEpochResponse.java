package io.gonkapulse.trackerpoller.trackerapi.gonkatracker;

import io.gonkapulse.contracts.MessageLimits;
import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse;
import io.gonkapulse.trackerpoller.trackerapi.EpochCountersReader;
import io.gonkapulse.trackerpoller.trackerapi.ObservedTimeResolver;
import io.gonkapulse.trackerpoller.trackerapi.ParticipantParser;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonArrayReader;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonBody;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonEntry;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonObjectShape;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The running epoch from one response of a tracker. */
final class TrackerEpochResponse implements CurrentEpochResponse {

    private static final int MAX_STATUS_LENGTH = 50;
    private static final int MAX_NAME_LENGTH = 100;

    /** The chain's default name of a validator. */
    private static final String UNNAMED_PREFIX = "gonkavaloper";

    private static final EpochCountersReader COUNTERS = EpochCountersReader.forObject("current_epoch_stats");

    private static final JsonObjectShape PARTICIPANT = JsonObjectShape.of(
                    "index",
                    "weight",
                    "status",
                    "participant_status",
                    "moniker",
                    "is_jailed",
                    "jailed_until",
                    "node_healthy")
            .texts("models", MessageLimits.MAX_MODELS)
            .and(COUNTERS.paths());

    private final JsonBody body;
    private final TrackerEpochHeader header;
    private final CounterTime time;

    TrackerEpochResponse(JsonBody body, TrackerEpochHeader header, CounterTime time) {
        this.body = body;
        this.header = header;
        this.time = time;
    }

    /**
     * The height and time of the counters.
     *
     * @param height null when the tracker reports none
     */
    record CounterTime(@Nullable Long height, Instant observedAt) {}

    @Override
    public long epoch() {
        return header.epoch();
    }

    @Override
    public Instant fetchedAt() {
        return body.arrivedAt();
    }

    @Override
    public Instant observedAt() {
        return time.observedAt();
    }

    @Override
    public @Nullable Long height() {
        return time.height();
    }

    @Override
    public NetworkFacts network() {
        return header.network();
    }

    @Override
    public Iterable<ParticipantEntry> participants() {
        return () -> new JsonArrayReader<>(
                List.of(body),
                TrackerEpochHeader.PARTICIPANTS,
                PARTICIPANT,
                entry -> ParticipantParser.parse(entry, TrackerEpochResponse::participant));
    }

    private static EpochParticipant participant(NodeIdentifier node, JsonEntry entry) {
        return new EpochParticipant(node, COUNTERS.read(entry), status(entry), facts(entry));
    }

    /** A jailed node can be healthy, so jail is checked first. */
    private static NodeStatus status(JsonEntry entry) {
        Boolean healthy = entry.flag("node_healthy");
        if (Boolean.TRUE.equals(entry.flag("is_jailed"))) {
            return NodeStatus.JAILED;
        }
        if (healthy == null) {
            return NodeStatus.UNKNOWN;
        }
        return healthy ? NodeStatus.HEALTHY : NodeStatus.UNHEALTHY;
    }

    private static NodeFacts facts(JsonEntry entry) {
        return new NodeFacts(
                participantStatus(entry),
                weight(entry),
                entry.texts("models", MessageLimits.MAX_TEXT_LENGTH),
                displayName(entry),
                null,
                null,
                null,
                ObservedTimeResolver.nullIfUnset(entry.time("jailed_until")));
    }

    private static @Nullable String participantStatus(JsonEntry entry) {
        String status = entry.text("status", MAX_STATUS_LENGTH);
        return status == null ? entry.text("participant_status", MAX_STATUS_LENGTH) : status;
    }

    /** Trackers omit a zero weight; null means unknown. */
    private static @Nullable Long weight(JsonEntry entry) {
        return entry.has("weight") ? entry.number("weight") : (Long) 0L;
    }

    /** The chain's default name is not a name that the operator chose. */
    private static @Nullable String displayName(JsonEntry entry) {
        String moniker = entry.text("moniker", MAX_NAME_LENGTH);
        return moniker == null || moniker.startsWith(UNNAMED_PREFIX) ? null : moniker;
    }

    @Override
    public void close() {
        body.close();
    }
}
