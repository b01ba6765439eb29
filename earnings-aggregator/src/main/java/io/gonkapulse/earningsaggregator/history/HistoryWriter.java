package io.gonkapulse.earningsaggregator.history;

import io.gonkapulse.earningsaggregator.ledger.ChangedDays;
import io.gonkapulse.earningsaggregator.ledger.ChangedDays.NodeDay;
import io.gonkapulse.earningsaggregator.ledger.ChangedDays.NodeEpochDay;
import io.gonkapulse.workercore.sql.ArrayParameters;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Rolls days up from ledger and settlements. The gain of a day is the value of each epoch at its end, less the value
 * at the end of the day before, summed over all epochs. A day is always computed from all epochs that touch it, never
 * corrected by a difference.
 *
 * <p>A day before the first ledger day of its node is taken from the adopted database, if it has one.
 *
 * <p>The last step groups days with their gains instead of joining them: without row estimates PostgreSQL would
 * compare every day of a node with every epoch of it.
 */
final class HistoryWriter {

    /**
     * Steps of the statement:
     * <ul>
     * <li>touched: the node days that may have changed
     * <li>involved: the epochs that touch one of these days, found by index
     * <li>worth: the value of each epoch at the end of each of its days
     * <li>gain: the difference of these values between consecutive days
     * <li>summed, made: the new history rows, or the adopted ones
     * <li>removed, written, moved: the difference to the stored rows, and its effect on the totals
     * </ul>
     */
    private static final String ROLL_UP = """
            with changed as (
                select *
                  from unnest(?::uuid[], ?::bigint[], ?::date[]) as changed (node_id, epoch, since)
            ), touched as (
                select ledger.node_id, ledger.day
                  from changed
                  join earnings_ledger ledger using (node_id, epoch)
                 where ledger.day >= changed.since
                 union
                select settled.node_id, settled.settled_on
                  from changed
                  join epoch_settlements settled using (node_id, epoch)
                 where settled.settled_on >= changed.since
                 union
                select settled.node_id, settled.forfeited_on
                  from changed
                  join epoch_settlements settled using (node_id, epoch)
                 where settled.forfeited_on >= changed.since
                 union
                select *
                  from unnest(?::uuid[], ?::date[])
            ), involved as (
                select ledger.node_id, ledger.epoch
                  from touched
                  join earnings_ledger ledger using (node_id, day)
                 union
                select settled.node_id, settled.epoch
                  from touched
                  join epoch_settlements settled
                    on settled.node_id = touched.node_id and settled.settled_on = touched.day
                 union
                select settled.node_id, settled.epoch
                  from touched
                  join epoch_settlements settled
                    on settled.node_id = touched.node_id and settled.forfeited_on = touched.day
            ), settlement as (
                select settled.*
                  from involved
                  join epoch_settlements settled using (node_id, epoch)
            ), point as (
                select ledger.node_id, ledger.epoch, ledger.day, ledger.earned, ledger.inferences, ledger.source
                  from involved
                  join earnings_ledger ledger using (node_id, epoch)
                 union all
                select node_id, epoch, settled_on, 0, 0, null
                  from settlement
                 union all
                select node_id, epoch, forfeited_on, 0, 0, null
                  from settlement
                 where forfeited_on is not null
            ), epoch_day as (
                select node_id,
                       epoch,
                       day,
                       max(earned) as earned,
                       max(inferences) as inferences,
                       max(source) as source
                  from point
                 group by node_id, epoch, day
            ), worth as (
                select node_id,
                       epoch,
                       epoch_day.day,
                       case
                           when epoch_day.day >= settlement.settled_on then settlement.earned + case
                               when epoch_day.day >= settlement.forfeited_on then 0
                               else settlement.rewarded
                           end
                           else max(epoch_day.earned) over so_far
                       end as earned,
                       case
                           when epoch_day.day >= settlement.settled_on then settlement.inferences
                           else max(epoch_day.inferences) over so_far
                       end as inferences,
                       coalesce(settlement.approximate, true) as open,
                       case
                           when epoch_day.day in (settlement.settled_on, settlement.forfeited_on)
                           then settlement.source
                           else epoch_day.source
                       end as source
                  from epoch_day
                  left join settlement using (node_id, epoch)
                window so_far as (partition by node_id, epoch order by epoch_day.day)
            ), gain as (
                select node_id,
                       epoch,
                       day,
                       earned - lag(earned, 1, 0::numeric) over by_day as earned,
                       inferences - lag(inferences, 1, 0::bigint) over by_day as inferences,
                       open,
                       source
                  from worth
                window by_day as (partition by node_id, epoch order by day)
            ), summed as (
                select node_id,
                       day,
                       sum(earned) as earned,
                       least(greatest(sum(inferences), -9223372036854775808), 9223372036854775807)::bigint
                           as inferences,
                       case when bool_or(open) then 'provisional' else 'settled' end as state,
                       (array_agg(source order by epoch desc) filter (where epoch is not null))[1] as source
                  from (select node_id, day, epoch, earned, inferences, open, source
                          from gain
                         union all
                        select node_id, day, null, 0, 0, false, null
                          from touched) known
                 group by node_id, day
                having bool_or(epoch is null)
            ), made as (
                select summed.node_id,
                       summed.day,
                       adopted.node_id is not null as adopted,
                       coalesce(adopted.earnings_ngonka, adopted.earnings_gnk * 1000000000, summed.earned) as earned,
                       case
                           when adopted.node_id is null then ngonka_to_gnk(summed.earned)
                           else adopted.earnings_gnk
                       end as gnk,
                       case when adopted.node_id is null then summed.earned else adopted.earnings_ngonka end as ngonka,
                       coalesce(adopted.inferences, summed.inferences) as inferences,
                       coalesce(adopted.state, summed.state) as state,
                       case when adopted.node_id is null then left(summed.source, 50) else adopted.source end as source
                  from summed
                  left join node_earnings earnings on earnings.node_id = summed.node_id
                  left join adopted_earnings adopted
                    on adopted.node_id = summed.node_id
                   and adopted.date = summed.day
                   and summed.day < earnings.ledger_from
            ), removed as (
                delete from earnings_history history
                 using made
                 where history.node_id = made.node_id
                   and history.date = made.day
                   and made.earned = 0
                   and made.inferences = 0
                   and not made.adopted
            ), written as (
                insert into earnings_history as history
                       (node_id, date, earnings_gnk, earnings_ngonka, inferences, state, source)
                select node_id, day, gnk, ngonka, inferences, state, source
                  from made
                 where earned <> 0
                    or inferences <> 0
                    or adopted
                 order by node_id, day
                    on conflict (node_id, date) do update
                   set earnings_gnk = excluded.earnings_gnk,
                       earnings_ngonka = excluded.earnings_ngonka,
                       inferences = excluded.inferences,
                       state = excluded.state,
                       source = excluded.source,
                       updated_at = now()
                 where (history.earnings_gnk, history.earnings_ngonka, history.inferences, history.state, history.source)
                    is distinct from (excluded.earnings_gnk, excluded.earnings_ngonka, excluded.inferences,
                        excluded.state, excluded.source)
            ), moved as (
                select made.node_id,
                       sum(made.earned
                           - coalesce(history.earnings_ngonka, history.earnings_gnk * 1000000000, 0)) as ngonka
                  from made
                  left join earnings_history history
                    on history.node_id = made.node_id and history.date = made.day
                 group by made.node_id
            )
            update node_earnings
               set total = node_earnings.total + moved.ngonka
              from moved
             where node_earnings.node_id = moved.node_id
               and moved.ngonka <> 0
            """;

    /** Writes only rows that differ; a batch without changes runs no statement. */
    void rollUp(Connection connection, ChangedDays changes) throws SQLException {
        if (changes.rowCount() == 0) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(ROLL_UP)) {
            new ArrayParameters<>(connection, statement, changes.epochs())
                    .add("uuid", NodeEpochDay::node)
                    .add("bigint", NodeEpochDay::epoch)
                    .add("date", NodeEpochDay::day);
            new ArrayParameters<>(connection, statement, changes.days(), 3)
                    .add("uuid", NodeDay::node)
                    .add("date", NodeDay::day);
            statement.executeUpdate();
        }
    }
}
