package io.gonkapulse.trackerpoller.source.gonkanode;

import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.trackerpoller.source.CurrentEpoch;
import io.gonkapulse.trackerpoller.source.Entries;
import io.gonkapulse.trackerpoller.source.EpochCounters;
import io.gonkapulse.trackerpoller.source.Moments;
import io.gonkapulse.trackerpoller.source.Participant;
import io.gonkapulse.trackerpoller.source.ParticipantSink;
import io.gonkapulse.trackerpoller.source.Skip;
import io.gonkapulse.trackerpoller.source.json.Entry;
import io.gonkapulse.trackerpoller.source.json.MalformedException;
import io.gonkapulse.trackerpoller.source.json.Shape;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The running epoch, put together from what a chain node says in four places, all as of one height. */
final class NodeEpoch implements CurrentEpoch {

    private static final int LONGEST_STATUS = 50;
    private static final EpochCounters COUNTERS = EpochCounters.in("current_epoch_stats");

    /** The weight in this list is not the real one. */
    private static final Shape PARTICIPANT = Shape.of("index", "status").and(COUNTERS.paths());

    private final ChainStatus status;
    private final ActiveSet active;
    private final ParticipantPages pages;
    private final @Nullable LatestEpoch latest;

    NodeEpoch(ChainStatus status, ActiveSet active, ParticipantPages pages, @Nullable LatestEpoch latest) {
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
        return Moments.observed(fetchedAt(), status.blockTime());
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
    public void participants(ParticipantSink sink) {
        pages.each(PARTICIPANT, entry -> handOn(entry, sink));
    }

    private void handOn(Entry entry, ParticipantSink sink) {
        if (isOfNoMember(entry)) {
            sink.skipped(Skip.NOT_ACTIVE);
        } else {
            Entries.handOn(entry, sink, this::participant);
        }
    }

    private boolean isOfNoMember(Entry entry) {
        return Entries.node(entry)
                .filter(node -> !active.members().containsKey(node))
                .isPresent();
    }

    private Participant participant(NodeIdentifier node, Entry entry) {
        ActiveMember member = active.members().get(node);
        if (member == null || member.equals(ActiveMember.UNREADABLE)) {
            throw new MalformedException("Expected a readable entry of the active set for " + node);
        }
        return new Participant(node, COUNTERS.read(entry), NodeStatus.UNKNOWN, facts(entry, member));
    }

    private static NodeFacts facts(Entry entry, ActiveMember member) {
        return new NodeFacts(
                entry.text("status", LONGEST_STATUS), member.weight(), member.model(), null, null, null, null, null);
    }

    @Override
    public void close() {
        pages.close();
    }
}
