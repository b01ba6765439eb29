package io.gonkapulse.trackerpoller.background;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.ClaimState;
import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.MessageLimits.OutOfBoundsException;
import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.contracts.SettledSnapshot;
import io.gonkapulse.contracts.Settlement;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.trackerpoller.background.NodeResultReader.ReceivedResult;
import io.gonkapulse.trackerpoller.monitoring.PollContext;
import io.gonkapulse.trackerpoller.publishing.PollPublisher;
import io.gonkapulse.trackerpoller.trackerapi.NodeResult;
import io.gonkapulse.trackerpoller.trackerapi.NodeResult.CountersOnlyResult;
import io.gonkapulse.trackerpoller.trackerapi.NodeResult.RewardedResult;
import io.gonkapulse.trackerpoller.trackerapi.PastEpoch;
import io.gonkapulse.trackerpoller.trackerapi.PastEpoch.SettlementBlock;
import io.gonkapulse.trackerpoller.trackerapi.SkipReason;
import java.util.ArrayList;
import java.util.List;

/**
 * Publishes the results of one attempt. While all rewards are zero, none is known yet: they are withheld, and dropped
 * if the attempt ends that way.
 */
final class SettlementPublisher {

    private final UnfinishedEpoch epoch;
    private final PastEpoch past;
    private final PollPublisher publisher;
    private final PollContext context;
    private final List<ReceivedResult> withheld = new ArrayList<>();

    SettlementPublisher(UnfinishedEpoch epoch, PastEpoch past, PollPublisher publisher, PollContext context) {
        this.epoch = epoch;
        this.past = past;
        this.publisher = publisher;
        this.context = context;
        if (past.forfeited().isPresent()) {
            epoch.markRewardsKnown();
        }
    }

    int withheldCount() {
        return withheld.size();
    }

    /** Publishes all withheld results as soon as one reward is known. */
    void process(List<ReceivedResult> received) {
        List<ReceivedResult> results =
                received.stream().filter(this::isWithinBounds).toList();
        if (results.stream().anyMatch(result -> isReward(result.result()))) {
            epoch.markRewardsKnown();
        }
        List<ReceivedResult> publishable = new ArrayList<>();
        for (ReceivedResult result : results) {
            boolean withhold = result.result() instanceof RewardedResult && !epoch.areRewardsKnown();
            (withhold ? withheld : publishable).add(result);
        }
        if (epoch.areRewardsKnown()) {
            publishable.addAll(withheld);
            withheld.clear();
        }
        publish(publishable);
    }

    /** A result out of bounds stays open and is requested again. */
    private boolean isWithinBounds(ReceivedResult result) {
        try {
            snapshot(result);
            return true;
        } catch (OutOfBoundsException e) {
            context.addSkipped(SkipReason.OUT_OF_BOUNDS, 1);
            return false;
        }
    }

    /** Records results as published only after Kafka has stored them. */
    private void publish(List<ReceivedResult> results) {
        List<ReceivedResult> changed = results.stream()
                .filter(result -> epoch.hasChanged(result.node(), result.result(), claimState(result.result())))
                .toList();
        PollPublisher.PublishBatch batch = publisher.startBatch();
        changed.forEach(result -> batch.add(snapshot(result)));
        batch.flush();
        results.forEach(result -> epoch.recordPublished(result.node(), result.result(), claimState(result.result())));
        context.addPublished(changed.size());
        context.addSkipped(SkipReason.UNCHANGED, results.size() - changed.size());
    }

    private static boolean isReward(NodeResult result) {
        return result instanceof RewardedResult rewarded && rewarded.rewarded().compareTo(Ngonka.ZERO) > 0;
    }

    private ClaimState claimState(NodeResult result) {
        if (result instanceof RewardedResult rewarded && rewarded.claimed()) {
            return ClaimState.CLAIMED;
        }
        return past.forfeited().isPresent() ? ClaimState.FORFEITED : ClaimState.UNCLAIMED;
    }

    /** Without a reward, publishes a live snapshot at the end of the epoch, so that the final counters count. */
    private Snapshot snapshot(ReceivedResult received) {
        SettlementBlock settled = past.settled().orElseThrow();
        NodeResult result = received.result();
        if (result instanceof CountersOnlyResult closing) {
            return new LiveSnapshot(
                    received.node(),
                    epoch.number(),
                    context.origin(received.fetchedAt(), settled.time(), settled.height()),
                    closing.counters(),
                    NodeStatus.UNKNOWN,
                    NodeFacts.NONE);
        }
        return new SettledSnapshot(
                received.node(),
                epoch.number(),
                context.origin(received.fetchedAt(), past.observedAt(), past.height()),
                result.counters(),
                settlement((RewardedResult) result, settled));
    }

    private Settlement settlement(RewardedResult reward, SettlementBlock settled) {
        ClaimState claim = claimState(reward);
        return new Settlement(
                reward.rewarded(),
                claim,
                reward.approximate(),
                settled.time(),
                settled.height(),
                claim == ClaimState.FORFEITED
                        ? requireNonNull(past.forfeited().orElseThrow().time())
                        : null);
    }
}
