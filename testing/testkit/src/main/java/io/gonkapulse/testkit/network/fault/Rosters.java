package io.gonkapulse.testkit.network.fault;

import io.gonkapulse.testkit.network.answer.Roster;
import io.gonkapulse.testkit.network.answer.View;
import io.gonkapulse.testkit.network.chain.Calendar;
import io.gonkapulse.testkit.network.quirk.Quirk;
import java.time.Duration;
import java.util.Collection;

/** Lists of participants with too many, too few or none in them. */
public final class Rosters {

    private static final int EVERY_FIFTH = 5;
    private static final int EVERY_SEVENTH = 7;
    private static final int BLOCKS_BACK = 400;

    private Rosters() {}

    public static Roster spoil(Roster roster, Calendar calendar, Collection<Quirk> quirks) {
        if (quirks.contains(Quirk.EMPTY_PARTICIPANTS)) {
            return (view, visitor) -> {};
        }
        Roster spoiled = quirks.contains(Quirk.VANISHED_PARTICIPANTS) ? withGaps(roster) : roster;
        return quirks.contains(Quirk.DUPLICATE_PARTICIPANTS) ? withDuplicates(spoiled, calendar) : spoiled;
    }

    /** The first look at the chain of a tracker that looked three times before it was restarted, the last time now. */
    public static View oldestRow(View newest, Calendar calendar) {
        View oldest = older(newest, 2 * BLOCKS_BACK, calendar);
        Duration before = Duration.between(oldest.blockTime(), newest.blockTime());
        return new View(
                oldest.epoch(),
                oldest.height(),
                oldest.blockTime(),
                newest.cachedAt().minus(before),
                oldest.height());
    }

    /** All that was seen in three looks, the oldest first; for a view that is the oldest of them. */
    public static Roster storedRows(Roster roster, Calendar calendar) {
        return (view, visitor) -> {
            roster.each(view, visitor);
            roster.each(older(view, -BLOCKS_BACK, calendar), visitor);
            roster.each(older(view, -2 * BLOCKS_BACK, calendar), visitor);
        };
    }

    private static Roster withGaps(Roster roster) {
        return (view, visitor) -> roster.each(view, (participant, as) -> {
            if ((participant + view.height()) % EVERY_SEVENTH != 0) {
                visitor.visit(participant, as);
            }
        });
    }

    private static Roster withDuplicates(Roster roster, Calendar calendar) {
        return (view, visitor) -> roster.each(view, (participant, as) -> {
            boolean twice = participant % EVERY_FIFTH == 0;
            if (twice) {
                visitor.visit(participant, older(as, BLOCKS_BACK, calendar));
            }
            visitor.visit(participant, as);
            if (twice) {
                visitor.visit(participant, older(as, 2 * BLOCKS_BACK, calendar));
            }
        });
    }

    private static View older(View view, int blocks, Calendar calendar) {
        long height = view.height() - blocks;
        return view.at(height, calendar.blockTime(height));
    }
}
