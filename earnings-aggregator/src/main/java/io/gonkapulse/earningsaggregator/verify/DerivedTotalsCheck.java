package io.gonkapulse.earningsaggregator.verify;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Checks the stored sums, counts and ranks against the history and the settlements that they follow from. */
public final class DerivedTotalsCheck {

    /** The names are qualified: rebuild tables may hide the stored ones in this session. */
    private static final String WRONG_TOTALS = """
            select concat(node.identifier, ': total ', earnings.total, ' ngonka, its days ',
                       coalesce(sum(coalesce(history.earnings_ngonka, history.earnings_gnk * 1000000000)), 0),
                       ' ngonka')
              from public.node_earnings earnings
              join public.nodes node on node.id = earnings.node_id
              left join public.earnings_history history on history.node_id = earnings.node_id
             group by node.identifier, earnings.total
            having earnings.total
                   <> coalesce(sum(coalesce(history.earnings_ngonka, history.earnings_gnk * 1000000000)), 0)
             order by node.identifier
            """;

    private static final String WRONG_DAYS = """
            with made as (
                select date,
                       coalesce(source, '') as source,
                       sum(coalesce(earnings_ngonka, earnings_gnk * 1000000000)) as ngonka,
                       count(*) as days,
                       count(*) filter (where coalesce(earnings_ngonka, earnings_gnk) <> 0) as earning_days,
                       count(*) filter (where state <> 'settled') as provisional_days
                  from public.earnings_history
                 group by 1, 2
            ), kept as (
                select *
                  from public.earnings_daily
                 where (days, earning_days, provisional_days, earnings_ngonka) <> (0, 0, 0, 0)
            )
            select concat_ws(' ', 'all nodes', date, 'by', nullif(source, ''))
                       || concat(': stored ', kept.earnings_ngonka, ' ngonka of ', kept.days, ' rows, the history has ',
                           made.ngonka, ' ngonka of ', made.days)
              from made
              full join kept using (date, source)
             where (made.ngonka, made.days, made.earning_days, made.provisional_days)
                   is distinct from
                   (kept.earnings_ngonka, kept.days, kept.earning_days, kept.provisional_days)
             order by date, source
            """;

    /** Blocks of 31 days counted from date 4714-11-24 BC, as V17 stores them. */
    private static final String WRONG_EARNING_DAYS = """
            with made as (
                select node_id,
                       (date - date '4714-11-24 BC') / 31 as block,
                       bit_or(1 << (date - date '4714-11-24 BC') % 31) as days
                  from public.earnings_history
                 where coalesce(earnings_ngonka, earnings_gnk) > 0
                   and isfinite(date)
                 group by 1, 2
            ), kept as (
                select *
                  from public.node_earning_days
                 where days <> 0
            )
            select concat(coalesce(node.identifier, node_id::text), ': earning days stored from ',
                       date '4714-11-24 BC' + block * 31, ' on differ from the history')
              from made
              full join kept using (node_id, block)
              left join public.nodes node on node.id = node_id
             where made.days is distinct from kept.days
             order by node.identifier, node_id, block
            """;

    private static final String WRONG_COUNTS = """
            with made as (
                select date,
                       days_since,
                       count(*) as nodes
                  from (select date,
                               least(31, coalesce(date - lag(date) over (partition by node_id order by date), 31))
                                   as days_since
                          from public.earnings_history
                         where coalesce(earnings_ngonka, earnings_gnk) > 0
                           and isfinite(date)) earned
                 group by 1, 2
            ), kept as (
                select *
                  from public.earning_node_counts
                 where nodes <> 0
            )
            select concat('nodes that earned on ', date, ' ', days_since, ' days after the last time: stored ',
                       coalesce(kept.nodes, 0), ', the history has ', coalesce(made.nodes, 0))
              from made
              full join kept using (date, days_since)
             where made.nodes is distinct from kept.nodes
             order by date, days_since
            """;

    private static final String WRONG_EPOCHS = """
            with made as (
                select summed.*, block.settled_at, block.settled_height
                  from (select epoch,
                               count(*) as nodes,
                               count(*) filter (where approximate) as approximate_nodes,
                               sum(earned) as earned,
                               sum(rewarded) as rewarded,
                               coalesce(sum(rewarded) filter (where claim = 'claimed'), 0) as claimed,
                               coalesce(sum(rewarded) filter (where claim = 'unclaimed'), 0) as unclaimed,
                               coalesce(sum(rewarded) filter (where claim = 'forfeited'), 0) as forfeited,
                               sum(inferences) as inferences,
                               sum(missed) as missed,
                               sum(validated) as validated,
                               sum(invalidated) as invalidated
                          from public.epoch_settlements
                         group by epoch) summed
                 cross join lateral (
                       select settled.settled_at, settled.settled_height
                         from public.epoch_settlements settled
                        where settled.epoch = summed.epoch
                        order by settled.approximate, settled.rewarded desc, settled.node_id
                        limit 1) block
            ), kept as (
                select *
                  from public.epoch_totals
                 where nodes <> 0
            )
            select concat('epoch ', epoch, ': stored ', coalesce(kept.nodes, 0), ' settlements of ',
                       coalesce(kept.rewarded, 0), ' ngonka, the settlements are ', coalesce(made.nodes, 0), ' of ',
                       coalesce(made.rewarded, 0))
              from made
              full join kept using (epoch)
             where row(made.*) is distinct from row(kept.*)
             order by epoch
            """;

    private static final String WRONG_REWARD_DAYS = """
            with made as (
                select date,
                       sum(unclaimed) as unclaimed,
                       sum(forfeited) as forfeited
                  from (select settled_on as date, rewarded as unclaimed, 0 as forfeited
                          from public.epoch_settlements
                         where claim = 'unclaimed'
                         union all
                        select forfeited_on, 0, rewarded
                          from public.epoch_settlements
                         where claim = 'forfeited') moved
                 group by date
                having sum(unclaimed) <> 0 or sum(forfeited) <> 0
            ), kept as (
                select *
                  from public.reward_daily
                 where (unclaimed, forfeited) <> (0, 0)
            )
            select concat('rewards of ', date, ': stored ', coalesce(kept.unclaimed, 0), ' ngonka unclaimed and ',
                       coalesce(kept.forfeited, 0), ' forfeited, the settlements have ', coalesce(made.unclaimed, 0),
                       ' and ', coalesce(made.forfeited, 0))
              from made
              full join kept using (date)
             where (made.unclaimed, made.forfeited) is distinct from (kept.unclaimed, kept.forfeited)
             order by date
            """;

    /** The ranks of an unranked epoch are due to change. */
    private static final String WRONG_RANKS = """
            select concat('epoch ', epoch, ': ', count(*), ' stored ranks differ from those of the settlements')
              from (select node_id,
                           epoch,
                           rank() over (partition by epoch order by rewarded desc) as rank
                      from public.epoch_settlements) made
              full join public.settlement_ranks kept using (node_id, epoch)
             where made.rank is distinct from kept.rank
               and epoch not in (select unranked.epoch from public.unranked_epochs unranked)
             group by epoch
             order by epoch
            """;

    /** Ranking takes seconds, so an old note shows that it has stopped. */
    private static final String UNRANKED_EPOCHS = """
            select format('epoch %s: not ranked since %s', epoch, date_trunc('second', changed_at at time zone 'UTC'))
              from public.unranked_epochs
             where changed_at < now() - interval '10 minutes'
             order by epoch
            """;

    private DerivedTotalsCheck() {}

    /** One line for each node whose total differs from the sum of its days. */
    public static List<String> wrongTotals(Connection connection) throws SQLException {
        return query(connection, WRONG_TOTALS);
    }

    /**
     * One line for each day or epoch whose sum over all nodes differs, for each differing count of earning nodes, and
     * for each epoch with wrong ranks or without ranks for long.
     */
    public static List<String> wrongDays(Connection connection) throws SQLException {
        List<String> wrong = query(connection, WRONG_DAYS);
        wrong.addAll(query(connection, WRONG_EARNING_DAYS));
        wrong.addAll(query(connection, WRONG_COUNTS));
        wrong.addAll(query(connection, WRONG_EPOCHS));
        wrong.addAll(query(connection, WRONG_REWARD_DAYS));
        wrong.addAll(query(connection, WRONG_RANKS));
        wrong.addAll(query(connection, UNRANKED_EPOCHS));
        return wrong;
    }

    private static List<String> query(Connection connection, String sql) throws SQLException {
        List<String> wrong = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                wrong.add(row.getString(1));
            }
        }
        return wrong;
    }
}
