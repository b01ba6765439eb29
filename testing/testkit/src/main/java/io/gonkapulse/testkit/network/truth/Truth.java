package io.gonkapulse.testkit.network.truth;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.testkit.network.chain.Calendar;
import io.gonkapulse.testkit.network.model.Counters;
import io.gonkapulse.testkit.network.model.Health;
import io.gonkapulse.testkit.network.model.NetworkModel;
import io.gonkapulse.testkit.network.model.Settlement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** What really happened, straight from the model: no answer was asked for it. */
public final class Truth {

    private final NetworkModel model;
    private final Calendar calendar;

    public Truth(NetworkModel model) {
        this.model = model;
        this.calendar = model.calendar();
    }

    /** The counters that the chain shows for a node at a height. */
    public Counters live(NodeIdentifier node, long epoch, long height) {
        return model.live(number(node), epoch, height);
    }

    /** Empty while the epoch is not settled, and for a node that was not in it. */
    public Optional<SettlementTruth> settlement(NodeIdentifier node, long epoch, Instant at) {
        long height = calendar.heightAt(at);
        return model.settlement(number(node), epoch, height).map(settlement -> moments(node, settlement));
    }

    /** The same for every instant of a UTC minute. */
    public Health health(NodeIdentifier node, Instant minute) {
        return model.health(number(node), minute);
    }

    /**
     * Earnings and work per node and day, by the rule of the ledger: a settled epoch counts as settled from the day of
     * its settlement on, an unsettled one as the largest counters seen so far; a day is what it adds to the day before.
     *
     * @param now what was seen of later blocks is left out
     */
    public DailyTruth earnings(Observations observations, Instant now) {
        long newest = calendar.heightAt(now);
        DailyTruth days = new DailyTruth();
        for (Observations.NodeEpoch key : observations.nodeEpochs()) {
            contribution(observations, key, newest).forEachDay((day, change) -> days.add(key.node(), day, change));
        }
        return days;
    }

    private EpochContribution contribution(Observations observations, Observations.NodeEpoch key, long newest) {
        int participant = number(key.node());
        EpochContribution contribution = new EpochContribution();
        for (long height : observations.liveHeights(key).headSet(newest, true)) {
            contribution.saw(dayOf(height), model.live(participant, key.epoch(), height));
        }
        model.settlement(participant, key.epoch(), Math.min(newest, observations.settlementHeight(key)))
                .ifPresent(settlement -> contribution.settled(
                        settlement,
                        dayOf(calendar.settlementHeight(key.epoch())),
                        settlement.forfeited() ? dayOf(calendar.settlementHeight(key.epoch() + 2)) : null));
        return contribution;
    }

    private SettlementTruth moments(NodeIdentifier node, Settlement settlement) {
        long epoch = settlement.epoch();
        long height = calendar.settlementHeight(epoch);
        Optional<Instant> claimedAt = settlement.claimed()
                ? Optional.of(calendar.blockTime(
                        model.claimHeight(number(node), epoch).orElseThrow()))
                : Optional.empty();
        Optional<Instant> forfeitedAt = settlement.forfeited()
                ? Optional.of(calendar.blockTime(calendar.settlementHeight(epoch + 2)))
                : Optional.empty();
        return new SettlementTruth(node, settlement, height, calendar.blockTime(height), claimedAt, forfeitedAt);
    }

    private LocalDate dayOf(long height) {
        return LocalDate.ofInstant(calendar.blockTime(height), ZoneOffset.UTC);
    }

    private int number(NodeIdentifier node) {
        return model.find(node.value())
                .orElseThrow(() -> new IllegalArgumentException(
                        "Expected a node of this network, got " + node + ": was it built with another seed?"));
    }
}
