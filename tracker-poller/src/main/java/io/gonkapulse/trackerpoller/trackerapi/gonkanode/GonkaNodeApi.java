package io.gonkapulse.trackerpoller.trackerapi.gonkanode;

import io.gonkapulse.contracts.MessageLimits;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequest;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import io.gonkapulse.trackerpoller.trackerapi.ChainEpochRegistry;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse;
import io.gonkapulse.trackerpoller.trackerapi.NodeHardwareBuilder;
import io.gonkapulse.trackerpoller.trackerapi.NodeHardwareBuilder.NodeHardware;
import io.gonkapulse.trackerpoller.trackerapi.NodeResult;
import io.gonkapulse.trackerpoller.trackerapi.PastEpoch;
import io.gonkapulse.trackerpoller.trackerapi.TrackerApi;
import io.gonkapulse.trackerpoller.trackerapi.gonkanode.SettlementBlockResolver.NodeChainState;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonBody;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonEntry;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonObjectShape;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The API of one chain node, or of several behind one name. */
final class GonkaNodeApi implements TrackerApi {

    private static final int NOT_FOUND = 404;
    private static final int EPOCHS_UNTIL_FORFEITED = 2;

    private final ChainEpochRegistry reportedEpochs;
    private final SettlementBlockResolver settlementBlocks = new SettlementBlockResolver();

    GonkaNodeApi(ChainEpochRegistry reportedEpochs) {
        this.reportedEpochs = reportedEpochs;
    }

    /** Status, active set and participant list are required; without the stages only their facts are missing. */
    @Override
    public CurrentEpochResponse currentEpoch(TrackerClient client) {
        ChainStatus status = ChainStatus.fetch(client);
        ActiveSet active = ActiveSet.fetchCurrent(client);
        LatestEpoch latest = LatestEpoch.fetch(client).orElse(null);
        requireConsistentEpoch(client, status.height(), active, latest);
        reportedEpochs.report(client.url(), latest == null ? active.epoch() : latest.epoch(), status.arrivedAt());
        return new NodeEpochResponse(status, active, ParticipantPages.fetch(client, status.height()), latest);
    }

    /** Counters at a height outside the epoch would count for the wrong epoch, permanently. */
    private static void requireConsistentEpoch(
            TrackerClient client, long height, ActiveSet active, @Nullable LatestEpoch latest) {
        long reached = Math.min(height, MessageLimits.MAX_EPOCH);
        if (active.epoch() > reached || (latest != null && latest.epoch() > reached)) {
            throw TrackerRequestException.of(
                    RequestFailureReason.UNUSABLE,
                    "Expected " + client.url() + " to name an epoch that block " + height
                            + " can have reached, got epoch " + active.epoch());
        }
        if (latest != null && active.epoch() > latest.epoch()) {
            throw inconsistent(
                    client,
                    "Its latest epoch is " + latest.epoch() + ", but its active set is that of " + active.epoch());
        }
        Long createdAt = active.createdAt();
        if (createdAt != null && height < createdAt) {
            throw inconsistent(
                    client, "Its newest block is " + height + ", but its active set was created by block " + createdAt);
        }
        if (latest != null && latest.runsInsteadOf(active.epoch(), height)) {
            throw inconsistent(
                    client,
                    "Epoch " + latest.epoch() + " runs at block " + height + ", but its active set is that of "
                            + active.epoch());
        }
    }

    /** Responses contradict each other when several machines share one name and some lag behind. */
    private static TrackerRequestException inconsistent(TrackerClient client, String details) {
        return TrackerRequestException.of(
                RequestFailureReason.UNUSABLE,
                "The responses of " + client.url() + " contradict each other. " + details);
    }

    @Override
    public PastEpoch pastEpoch(TrackerClient client, long epoch) {
        NodeChainState chain = NodeChainState.fetch(client);
        ActiveSet set = ActiveSet.fetch(client, epoch);
        if (set.members().isEmpty()) {
            // An epoch without members would be settled without paying anybody.
            throw TrackerRequestException.of(
                    RequestFailureReason.UNUSABLE, client.url() + " reports no member of epoch " + epoch);
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
    public Optional<NodeResult> nodeResult(TrackerClient client, PastEpoch epoch, NodeIdentifier node) {
        return emptyIfNotFound(
                client,
                ChainRequestFactory.performance(epoch.epoch(), node.value(), epoch.height()),
                PerformanceSummaryReader.SHAPE,
                entry -> Optional.of(PerformanceSummaryReader.read(entry, epoch.epoch(), node)));
    }

    @Override
    public Optional<NodeHardware> hardware(TrackerClient client, NodeIdentifier node) {
        NodeHardwareBuilder builder = new NodeHardwareBuilder();
        return emptyIfNotFound(
                client,
                ChainRequestFactory.hardware(node.value()),
                JsonObjectShape.of().array("nodes.hardware_nodes", builder.machineShape(), machine -> {}),
                entry -> builder.build());
    }

    /** The chain responds with 404 for nodes without a result or without hardware. */
    private static <T> Optional<T> emptyIfNotFound(
            TrackerClient client,
            TrackerRequest request,
            JsonObjectShape shape,
            Function<JsonEntry, Optional<T>> reader) {
        try {
            return JsonBody.fetch(client, request, shape, reader);
        } catch (TrackerRequestException e) {
            if (e.status().orElse(0) == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
