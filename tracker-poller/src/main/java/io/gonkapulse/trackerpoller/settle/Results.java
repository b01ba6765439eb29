package io.gonkapulse.trackerpoller.settle;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.ClaimState;
import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.contracts.OutOfBoundsException;
import io.gonkapulse.contracts.SettledSnapshot;
import io.gonkapulse.contracts.Settlement;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.trackerpoller.publish.Outlet;
import io.gonkapulse.trackerpoller.settle.Questions.Given;
import io.gonkapulse.trackerpoller.source.NodeResult;
import io.gonkapulse.trackerpoller.source.NodeResult.CountersOnly;
import io.gonkapulse.trackerpoller.source.NodeResult.Rewarded;
import io.gonkapulse.trackerpoller.source.PastEpoch;
import io.gonkapulse.trackerpoller.source.PastEpoch.Block;
import io.gonkapulse.trackerpoller.source.Skip;
import io.gonkapulse.trackerpoller.telling.PollNotes;
import java.util.ArrayList;
import java.util.List;

/**
 * Publishes the results of one round. As long as everybody's reward reads zero none is known: they wait, and are dropped
 * if the round ends that way.
 */
final class Results {

    private final OpenEpoch epoch;
    private final PastEpoch past;
    private final Outlet outlet;
    private final PollNotes notes;
    private final List<Given> waiting = new ArrayList<>();

    Results(OpenEpoch epoch, PastEpoch past, Outlet outlet, PollNotes notes) {
        this.epoch = epoch;
        this.past = past;
        this.outlet = outlet;
        this.notes = notes;
        if (past.forfeited().isPresent()) {
            epoch.rewardsAreKnown();
        }
    }

    /** How many are held back. */
    int waiting() {
        return waiting.size();
    }

    void take(List<Given> told) {
        List<Given> results = told.stream().filter(this::isWithinBounds).toList();
        if (results.stream().anyMatch(given -> isReward(given.result()))) {
            epoch.rewardsAreKnown();
        }
        List<Given> publishable = new ArrayList<>();
        for (Given given : results) {
            boolean waits = given.result() instanceof Rewarded && !epoch.areRewardsKnown();
            (waits ? waiting : publishable).add(given);
        }
        if (epoch.areRewardsKnown()) {
            publishable.addAll(waiting);
            waiting.clear();
        }
        publish(publishable);
    }

    /** What is not stays open, and is asked for again. */
    private boolean isWithinBounds(Given given) {
        try {
            snapshot(given);
            return true;
        } catch (OutOfBoundsException e) {
            notes.skipped(Skip.OUT_OF_BOUNDS, 1);
            return false;
        }
    }

    private void publish(List<Given> results) {
        List<Given> news = results.stream()
                .filter(given -> epoch.isNews(given.node(), given.result(), claim(given.result())))
                .toList();
        Outlet.Batch batch = outlet.begin();
        news.forEach(given -> batch.add(snapshot(given)));
        batch.finish();
        results.forEach(given -> epoch.told(given.node(), given.result(), claim(given.result())));
        notes.published(news.size());
        notes.skipped(Skip.UNCHANGED, results.size() - news.size());
    }

    private static boolean isReward(NodeResult result) {
        return result instanceof Rewarded rewarded && rewarded.rewarded().compareTo(Ngonka.ZERO) > 0;
    }

    private ClaimState claim(NodeResult result) {
        if (result instanceof Rewarded rewarded && rewarded.claimed()) {
            return ClaimState.CLAIMED;
        }
        return past.forfeited().isPresent() ? ClaimState.FORFEITED : ClaimState.UNCLAIMED;
    }

    private Snapshot snapshot(Given given) {
        Block settled = past.settled().orElseThrow();
        NodeResult result = given.result();
        if (result instanceof CountersOnly closing) {
            return new LiveSnapshot(
                    given.node(),
                    epoch.number(),
                    notes.origin(given.fetchedAt(), settled.time(), settled.height()),
                    closing.counters(),
                    NodeStatus.UNKNOWN,
                    NodeFacts.NONE);
        }
        return new SettledSnapshot(
                given.node(),
                epoch.number(),
                notes.origin(given.fetchedAt(), past.observedAt(), past.height()),
                result.counters(),
                settlement((Rewarded) result, settled));
    }

    private Settlement settlement(Rewarded reward, Block settled) {
        ClaimState claim = claim(reward);
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
