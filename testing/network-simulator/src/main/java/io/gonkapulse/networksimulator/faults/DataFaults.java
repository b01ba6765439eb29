package io.gonkapulse.networksimulator.faults;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.networksimulator.api.ChainView;
import io.gonkapulse.networksimulator.api.ParticipantList;
import io.gonkapulse.networksimulator.api.TrackerResponseWriter.RewardFilter;
import io.gonkapulse.networksimulator.model.ChainCalendar;
import io.gonkapulse.networksimulator.model.SimulatedSettlement;
import java.time.Duration;
import java.util.Collection;

/** Injects faults into the reported data: duplicate, missing and stored list entries, and hidden rewards. */
public final class DataFaults {

    private static final int EVERY_FIFTH = 5;

    private static final int EVERY_SEVENTH = 7;
    /** About forty minutes, in which the counters of a working participant change. */
    private static final int BLOCKS_BACK = 400;

    private DataFaults() {}

    /**
     * Applies the faults of lists. Duplicates repeat entries with older values, before and after the current one.
     */
    public static ParticipantList participants(
            ParticipantList participantList, ChainCalendar calendar, Collection<EndpointFault> faults) {
        if (faults.contains(EndpointFault.EMPTY_PARTICIPANTS)) {
            return (view, visitor) -> {};
        }
        ParticipantList faulty =
                faults.contains(EndpointFault.VANISHED_PARTICIPANTS) ? withGaps(participantList) : participantList;
        return faults.contains(EndpointFault.DUPLICATE_PARTICIPANTS) ? withDuplicates(faulty, calendar) : faulty;
    }

    /** The oldest of three stored views of a tracker before its restart; the newest is the current one. */
    public static ChainView oldestRow(ChainView newest, ChainCalendar calendar) {
        ChainView oldest = older(newest, 2 * BLOCKS_BACK, calendar);
        Duration before = Duration.between(oldest.blockTime(), newest.blockTime());
        return new ChainView(
                oldest.epoch(),
                oldest.height(),
                oldest.blockTime(),
                newest.cachedAt().minus(before),
                oldest.height());
    }

    /** The entries of all three stored views, oldest first. The argument of the list is the oldest view. */
    public static ParticipantList storedRows(ParticipantList participantList, ChainCalendar calendar) {
        return (view, visitor) -> {
            participantList.forEach(view, visitor);
            participantList.forEach(older(view, -BLOCKS_BACK, calendar), visitor);
            participantList.forEach(older(view, -2 * BLOCKS_BACK, calendar), visitor);
        };
    }

    private static ParticipantList withGaps(ParticipantList participantList) {
        return (view, visitor) -> participantList.forEach(view, (participant, entryView) -> {
            if ((participant + view.height()) % EVERY_SEVENTH != 0) {
                visitor.visit(participant, entryView);
            }
        });
    }

    private static ParticipantList withDuplicates(ParticipantList participantList, ChainCalendar calendar) {
        return (view, visitor) -> participantList.forEach(view, (participant, entryView) -> {
            boolean twice = participant % EVERY_FIFTH == 0;
            if (twice) {
                visitor.visit(participant, older(entryView, BLOCKS_BACK, calendar));
            }
            visitor.visit(participant, entryView);
            if (twice) {
                visitor.visit(participant, older(entryView, 2 * BLOCKS_BACK, calendar));
            }
        });
    }

    private static ChainView older(ChainView view, int blocks, ChainCalendar calendar) {
        long height = view.height() - blocks;
        return view.atHeight(height, calendar.blockTime(height));
    }

    /** A hidden reward is zero until its claim. A reward that is not ready is zero for the newest settled epoch. */
    public static RewardFilter rewardFilter(ChainCalendar calendar, Collection<EndpointFault> faults) {
        boolean notReady = faults.contains(EndpointFault.REWARDS_NOT_READY);
        boolean hidden = faults.contains(EndpointFault.REWARD_HIDDEN_UNTIL_CLAIMED);
        return (settlement, height) -> {
            boolean newest = settlement.epoch() == calendar.newestSettledEpoch(height);
            return (notReady && newest) || (hidden && !settlement.claimed()) ? withoutReward(settlement) : settlement;
        };
    }

    private static SimulatedSettlement withoutReward(SimulatedSettlement settlement) {
        return new SimulatedSettlement(
                settlement.epoch(), settlement.work(), Ngonka.ZERO, false, settlement.forfeited());
    }
}
