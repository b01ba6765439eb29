package io.gonkapulse.trackerpoller.source.gonkatracker;

import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.trackerpoller.source.EpochCounters;
import io.gonkapulse.trackerpoller.source.Moments;
import io.gonkapulse.trackerpoller.source.Participant;
import io.gonkapulse.trackerpoller.source.json.Entry;
import io.gonkapulse.trackerpoller.source.json.Shape;
import org.jspecify.annotations.Nullable;

/** One entry of the list of participants. */
final class TrackerParticipantReader {

    private static final int LONGEST_STATUS = 50;
    private static final int LONGEST_MODEL = 255;
    private static final int LONGEST_NAME = 100;

    /** What the chain calls a validator that was not given a name. */
    private static final String NAMELESS = "gonkavaloper";

    private static final EpochCounters COUNTERS = EpochCounters.in("current_epoch_stats");

    static final Shape SHAPE = Shape.of(
                    "index",
                    "weight",
                    "status",
                    "participant_status",
                    "moniker",
                    "is_jailed",
                    "jailed_until",
                    "node_healthy")
            .first("models")
            .and(COUNTERS.paths());

    private TrackerParticipantReader() {}

    static Participant read(NodeIdentifier node, Entry entry) {
        return new Participant(node, COUNTERS.read(entry), status(entry), facts(entry));
    }

    /** A jailed node may be in the best of health. */
    private static NodeStatus status(Entry entry) {
        Boolean healthy = entry.flag("node_healthy");
        if (Boolean.TRUE.equals(entry.flag("is_jailed"))) {
            return NodeStatus.JAILED;
        }
        if (healthy == null) {
            return NodeStatus.UNKNOWN;
        }
        return healthy ? NodeStatus.HEALTHY : NodeStatus.UNHEALTHY;
    }

    private static NodeFacts facts(Entry entry) {
        return new NodeFacts(
                participantStatus(entry),
                weight(entry),
                entry.text("models", LONGEST_MODEL),
                displayName(entry),
                null,
                null,
                null,
                Moments.ifSet(entry.time("jailed_until")));
    }

    private static @Nullable String participantStatus(Entry entry) {
        String status = entry.text("status", LONGEST_STATUS);
        return status == null ? entry.text("participant_status", LONGEST_STATUS) : status;
    }

    /** Left out where it is zero; null where it is not known. */
    private static @Nullable Long weight(Entry entry) {
        return entry.has("weight") ? entry.number("weight") : (Long) 0L;
    }

    private static @Nullable String displayName(Entry entry) {
        String moniker = entry.text("moniker", LONGEST_NAME);
        return moniker == null || moniker.startsWith(NAMELESS) ? null : moniker;
    }
}
