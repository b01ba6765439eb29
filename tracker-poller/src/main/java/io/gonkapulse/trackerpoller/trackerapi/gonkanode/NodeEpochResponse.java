package io.gonkapulse.trackerpoller.trackerapi.gonkanode;

import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse;
import io.gonkapulse.trackerpoller.trackerapi.EpochCountersReader;
import io.gonkapulse.trackerpoller.trackerapi.ObservedTimeResolver;
import io.gonkapulse.trackerpoller.trackerapi.ParticipantParser;
import io.gonkapulse.trackerpoller.trackerapi.SkipReason;
import io.gonkapulse.trackerpoller.trackerapi.gonkanode.ActiveSet.ActiveMember;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonEntry;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonObjectShape;
import io.gonkapulse.trackerpoller.trackerapi.json.MalformedValueException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The running epoch, joined from four responses of a chain node at one height. */
final class NodeEpochResponse implements CurrentEpochResponse {

    private static final int MAX_STATUS_LENGTH = 50;
    private static final EpochCountersReader COUNTERS = EpochCountersReader.forObject("current_epoch_stats");

    /** Leaves out the weight, because this list has a wrong one. */
    private static final JsonObjectShape PARTICIPANT =
            JsonObjectShape.of("index", "status").and(COUNTERS.paths());

    private final ChainStatus status;
    private final ActiveSet active;
    private final ParticipantPages pages;
    private final @Nullable LatestEpoch latest;

    NodeEpochResponse(ChainStatus status, ActiveSet active, ParticipantPages pages, @Nullable LatestEpoch latest) {
        this.status = status;
        this.active = active;
        this.pages = pages;
        this.latest = latest;
    }

    @Override
    public long epoch() {
        return active.epoch();
    }

    @Override
    public Instant fetchedAt() {
        return pages.arrivedAt();
    }

    @Override
    public Instant observedAt() {
        return ObservedTimeResolver.resolve(fetchedAt(), status.blockTime());
    }

    @Override
    public Long height() {
        return status.height();
    }

    @Override
    public NetworkFacts network() {
        return new NetworkFacts(
                active.epoch(),
                status.height(),
                status.blockTime(),
                latest == null ? null : latest.phase(),
                status.catchingUp(),
                null,
                latest == null ? null : latest.nextStartAfter(active.epoch()));
    }

    @Override
    public Iterable<ParticipantEntry> participants() {
        return () -> pages.read(PARTICIPANT, this::parse);
    }

    private ParticipantEntry parse(JsonEntry entry) {
        return isNotActive(entry) ? SkipReason.NOT_ACTIVE : ParticipantParser.parse(entry, this::participant);
    }

    private boolean isNotActive(JsonEntry entry) {
        return ParticipantParser.parseNode(entry)
                .filter(node -> !active.members().containsKey(node))
                .isPresent();
    }

    private EpochParticipant participant(NodeIdentifier node, JsonEntry entry) {
        ActiveMember member = active.members().get(node);
        if (member == null || member.equals(ActiveMember.UNREADABLE)) {
            throw new MalformedValueException("Expected a readable entry of the active set for " + node);
        }
        return new EpochParticipant(node, COUNTERS.read(entry), NodeStatus.UNKNOWN, facts(entry, member));
    }

    private static NodeFacts facts(JsonEntry entry, ActiveMember member) {
        return new NodeFacts(
                entry.text("status", MAX_STATUS_LENGTH),
                member.weight(),
                member.models(),
                null,
                null,
                null,
                null,
                null);
    }

    @Override
    public void close() {
        pages.close();
    }
}
