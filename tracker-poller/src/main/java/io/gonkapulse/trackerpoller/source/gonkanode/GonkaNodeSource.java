package io.gonkapulse.trackerpoller.source.gonkanode;

import io.gonkapulse.contracts.FactLimits;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.site.Request;
import io.gonkapulse.trackerpoller.site.Site;
import io.gonkapulse.trackerpoller.site.SiteException;
import io.gonkapulse.trackerpoller.site.SiteException.Reason;
import io.gonkapulse.trackerpoller.source.ChainEpochs;
import io.gonkapulse.trackerpoller.source.CurrentEpoch;
import io.gonkapulse.trackerpoller.source.Hardware;
import io.gonkapulse.trackerpoller.source.HardwareTally;
import io.gonkapulse.trackerpoller.source.NodeResult;
import io.gonkapulse.trackerpoller.source.PastEpoch;
import io.gonkapulse.trackerpoller.source.Source;
import io.gonkapulse.trackerpoller.source.json.Entry;
import io.gonkapulse.trackerpoller.source.json.JsonBody;
import io.gonkapulse.trackerpoller.source.json.Shape;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one chain node, or several that share a name, is asked. */
final class GonkaNodeSource implements Source {

    private static final int NOT_FOUND = 404;
    private static final int EPOCHS_UNTIL_FORFEITED = 2;

    private final ChainEpochs chainEpochs;
    private final Settlements settlements = new Settlements();

    GonkaNodeSource(ChainEpochs chainEpochs) {
        this.chainEpochs = chainEpochs;
    }

    /** Status, active set and list of participants are essential; without the stages their facts are not known. */
    @Override
    public CurrentEpoch current(Site site) {
        ChainStatus status = ChainStatus.ask(site);
        ActiveSet active = ActiveSet.askCurrent(site);
        LatestEpoch latest = LatestEpoch.ask(site).orElse(null);
        requireOneEpoch(site, status.height(), active, latest);
        chainEpochs.tell(site.url(), latest == null ? active.epoch() : latest.epoch(), status.arrivedAt());
        return new NodeEpoch(status, active, ParticipantPages.ask(site, status.height()), latest);
    }

    /** Counters as of a height outside the epoch of the set would be counted for the wrong epoch, for good. */
    private static void requireOneEpoch(Site site, long height, ActiveSet active, @Nullable LatestEpoch latest) {
        long reached = Math.min(height, FactLimits.MAX_EPOCH);
        if (active.epoch() > reached || (latest != null && latest.epoch() > reached)) {
            throw SiteException.of(
                    Reason.UNUSABLE,
                    "Expected " + site.url() + " to name an epoch that block " + height
                            + " can have reached, got epoch " + active.epoch());
        }
        if (latest != null && active.epoch() > latest.epoch()) {
            throw Disagreement.of(
                    site,
                    "Its latest epoch is " + latest.epoch() + ", but its active set is that of " + active.epoch());
        }
        Long createdAt = active.createdAt();
        if (createdAt != null && height < createdAt) {
            throw Disagreement.of(
                    site, "Its newest block is " + height + ", but its active set was made by block " + createdAt);
        }
        if (latest != null && latest.runsInsteadOf(active.epoch(), height)) {
            throw Disagreement.of(
                    site,
                    "Epoch " + latest.epoch() + " runs at block " + height + ", but its active set is that of "
                            + active.epoch());
        }
    }

    @Override
    public PastEpoch past(Site site, long epoch) {
        Chain chain = Chain.ask(site);
        ActiveSet set = ActiveSet.ask(site, epoch);
        if (set.members().isEmpty()) {
            // An epoch of nobody would be settled by paying nobody.
            throw SiteException.of(Reason.UNUSABLE, site.url() + " tells nobody who was in epoch " + epoch);
        }
        return new PastEpoch(
                epoch,
                Set.copyOf(set.members().keySet()),
                chain.status().observedAt(),
                chain.status().height(),
                settlements.of(epoch, chain),
                settlements.of(epoch + EPOCHS_UNTIL_FORFEITED, chain));
    }

    @Override
    public Optional<NodeResult> result(Site site, PastEpoch epoch, NodeIdentifier node) {
        return unlessNotFound(
                site,
                ChainState.performance(epoch.epoch(), node.value(), epoch.height()),
                PerformanceSummary.SHAPE,
                entry -> Optional.of(PerformanceSummary.read(entry, epoch.epoch(), node)));
    }

    @Override
    public Optional<Hardware> hardware(Site site, NodeIdentifier node) {
        HardwareTally tally = new HardwareTally();
        return unlessNotFound(
                site,
                ChainState.hardware(node.value()),
                Shape.of().each("nodes.hardware_nodes", tally.machine(), machine -> {}),
                entry -> tally.hardware());
    }

    private static <T> Optional<T> unlessNotFound(
            Site site, Request request, Shape shape, Function<Entry, Optional<T>> meaning) {
        try {
            return JsonBody.ask(site, request, shape, meaning);
        } catch (SiteException e) {
            if (e.status().orElse(0) == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
