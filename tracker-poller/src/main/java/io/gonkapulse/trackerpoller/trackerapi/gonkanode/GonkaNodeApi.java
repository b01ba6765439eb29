package io.gonkapulse.trackerpoller.trackerapi.gonkanode;

import io.gonkapulse.contracts.MessageLimits;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequest;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import io.gonkapulse.trackerpoller.trackerapi.ChainEpochRegistry;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse;
import io.gonkapulse.trackerpoller.trackerapi.NodeHardware;
import io.gonkapulse.trackerpoller.trackerapi.NodeHardwareBuilder;
import io.gonkapulse.trackerpoller.trackerapi.NodeResult;
import io.gonkapulse.trackerpoller.trackerapi.PastEpoch;
import io.gonkapulse.trackerpoller.trackerapi.TrackerApi;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonBody;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonEntry;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonObjectShape;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one chain node, or several that share a name, is asked. */
final class GonkaNodeApi implements TrackerApi {

    private static final int NOT_FOUND = 404;
    private static final int EPOCHS_UNTIL_FORFEITED = 2;

    private final ChainEpochRegistry chainEpochs;
    private final SettlementBlockResolver settlementBlocks = new SettlementBlockResolver();

    GonkaNodeApi(ChainEpochRegistry chainEpochs) {
        this.chainEpochs = chainEpochs;
    }

    /** Status, active set and list of participants are essential; without the stages their facts are not known. */
    @Override
    public CurrentEpochResponse currentEpoch(TrackerClient site) {
        ChainStatus status = ChainStatus.fetch(site);
        ActiveSet active = ActiveSet.fetchCurrent(site);
        LatestEpoch latest = LatestEpoch.fetch(site).orElse(null);
        requireConsistentEpoch(site, status.height(), active, latest);
        chainEpochs.report(site.url(), latest == null ? active.epoch() : latest.epoch(), status.arrivedAt());
        return new NodeEpochResponse(status, active, ParticipantPages.fetch(site, status.height()), latest);
    }

    /** Counters as of a height outside the epoch of the set would be counted for the wrong epoch, for good. */
    private static void requireConsistentEpoch(
            TrackerClient site, long height, ActiveSet active, @Nullable LatestEpoch latest) {
        long reached = Math.min(height, MessageLimits.MAX_EPOCH);
        if (active.epoch() > reached || (latest != null && latest.epoch() > reached)) {
            throw TrackerRequestException.of(
                    RequestFailureReason.UNUSABLE,
                    "Expected " + site.url() + " to name an epoch that block " + height
                            + " can have reached, got epoch " + active.epoch());
        }
        if (latest != null && active.epoch() > latest.epoch()) {
            throw InconsistentResponseFactory.create(
                    site,
                    "Its latest epoch is " + latest.epoch() + ", but its active set is that of " + active.epoch());
        }
        Long createdAt = active.createdAt();
        if (createdAt != null && height < createdAt) {
            throw InconsistentResponseFactory.create(
                    site, "Its newest block is " + height + ", but its active set was made by block " + createdAt);
        }
        if (latest != null && latest.runsInsteadOf(active.epoch(), height)) {
            throw InconsistentResponseFactory.create(
                    site,
                    "Epoch " + latest.epoch() + " runs at block " + height + ", but its active set is that of "
                            + active.epoch());
        }
    }

    @Override
    public PastEpoch pastEpoch(TrackerClient site, long epoch) {
        NodeChainState chain = NodeChainState.fetch(site);
        ActiveSet set = ActiveSet.fetch(site, epoch);
        if (set.members().isEmpty()) {
            // An epoch of nobody would be settled by paying nobody.
            throw TrackerRequestException.of(
                    RequestFailureReason.UNUSABLE, site.url() + " tells nobody who was in epoch " + epoch);
        }
        return new PastEpoch(
                epoch,
                Set.copyOf(set.members().keySet()),
                chain.status().observedAt(),
                chain.status().height(),
                settlementBlocks.resolve(epoch, chain),
                settlementBlocks.resolve(epoch + EPOCHS_UNTIL_FORFEITED, chain));
    }

    @Override
    public Optional<NodeResult> nodeResult(TrackerClient site, PastEpoch epoch, NodeIdentifier node) {
        return emptyIfNotFound(
                site,
                ChainRequestFactory.performance(epoch.epoch(), node.value(), epoch.height()),
                PerformanceSummaryReader.SHAPE,
                entry -> Optional.of(PerformanceSummaryReader.read(entry, epoch.epoch(), node)));
    }

    @Override
    public Optional<NodeHardware> hardware(TrackerClient site, NodeIdentifier node) {
        NodeHardwareBuilder tally = new NodeHardwareBuilder();
        return emptyIfNotFound(
                site,
                ChainRequestFactory.hardware(node.value()),
                JsonObjectShape.of().array("nodes.hardware_nodes", tally.machineShape(), machine -> {}),
                entry -> tally.build());
    }

    private static <T> Optional<T> emptyIfNotFound(
            TrackerClient site,
            TrackerRequest request,
            JsonObjectShape shape,
            Function<JsonEntry, Optional<T>> reader) {
        try {
            return JsonBody.fetch(site, request, shape, reader);
        } catch (TrackerRequestException e) {
            if (e.status().orElse(0) == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
