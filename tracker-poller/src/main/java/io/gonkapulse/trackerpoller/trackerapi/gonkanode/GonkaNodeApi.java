package io.gonkapulse.trackerpoller.trackerapi.gonkanode;

import io.gonkapulse.contracts.MessageLimits;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequest;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import io.gonkapulse.trackerpoller.trackerapi.ChainEpochRegistry;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse;
import io.gonkapulse.trackerpoller.trackerapi.EpochCountersReader;
import io.gonkapulse.trackerpoller.trackerapi.NodeHardwareBuilder;
import io.gonkapulse.trackerpoller.trackerapi.NodeHardwareBuilder.NodeHardware;
import io.gonkapulse.trackerpoller.trackerapi.NodeResult;
import io.gonkapulse.trackerpoller.trackerapi.PastEpoch;
import io.gonkapulse.trackerpoller.trackerapi.TrackerApi;
import io.gonkapulse.trackerpoller.trackerapi.gonkanode.SettlementBlockResolver.NodeChainState;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonBody;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonEntry;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonObjectShape;
import io.gonkapulse.trackerpoller.trackerapi.json.MalformedValueException;
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
                chainRequest("epoch_performance_summary/" + epoch.epoch() + '/' + node.value(), epoch.height()),
                PerformanceSummary.SHAPE,
                entry -> Optional.of(PerformanceSummary.read(entry, epoch.epoch(), node)));
    }

    @Override
    public Optional<NodeHardware> hardware(TrackerClient client, NodeIdentifier node) {
        NodeHardwareBuilder builder = new NodeHardwareBuilder();
        return emptyIfNotFound(
                client,
                chainRequest("hardware_nodes/" + node.value(), null),
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

    /**
     * Creates a request for the chain state at a height; null is the newest. The height must be a header: the node
     * ignores a query parameter.
     */
    static TrackerRequest chainRequest(String path, @Nullable Long height) {
        TrackerRequest request = TrackerRequest.get("/chain-api/productscience/inference/inference/" + path);
        return height == null ? request : request.withHeader("X-Cosmos-Block-Height", Long.toString(height));
    }

    /** What the chain stores of one node in a settled epoch. */
    private static final class PerformanceSummary {

        private static final String OBJECT = "epochPerformanceSummary";
        private static final String EPOCH = OBJECT + ".epoch_index";
        private static final String NODE = OBJECT + ".participant_id";
        private static final String REWARDED = OBJECT + ".rewarded_coins";
        private static final String CLAIMED = OBJECT + ".claimed";
        private static final EpochCountersReader COUNTERS = EpochCountersReader.forObject(OBJECT);
        private static final int MAX_ADDRESS_LENGTH = 200;

        static final JsonObjectShape SHAPE =
                JsonObjectShape.of(EPOCH, NODE, REWARDED, CLAIMED).and(COUNTERS.paths());

        static NodeResult read(JsonEntry entry, long epoch, NodeIdentifier node) {
            String named = entry.text(NODE, MAX_ADDRESS_LENGTH);
            if (entry.requiredNumber(EPOCH) != epoch || named == null || !named.equalsIgnoreCase(node.value())) {
                throw new MalformedValueException(
                        "Expected what " + node + " did in epoch " + epoch + ", got something else");
            }
            return new NodeResult.RewardedResult(
                    COUNTERS.read(entry), entry.ngonka(REWARDED), Boolean.TRUE.equals(entry.flag(CLAIMED)), false);
        }
    }
}
