package io.gonkapulse.earningsaggregator.rebuild;

import io.gonkapulse.earningsaggregator.history.RebuildTables;
import io.gonkapulse.earningsaggregator.history.SettlementRankWriter;
import io.gonkapulse.earningsaggregator.history.TodaysEarningsWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;

/**
 * Replaces the stored rows from a day on by those of the rebuild tables. Writes only rows that differ, so a repair of
 * three rows writes three rows.
 */
public final class HistorySwap {

    /** The stats-writer is not blocked and may create the same row at the same time. */
    private static final String NODES = """
            insert into public.nodes (id, identifier, identifier_type)
            select made.id, made.identifier, made.identifier_type
              from nodes made
             where not exists (
                   select
                     from public.nodes live
                    where lower(live.identifier) = lower(made.identifier))
             order by made.identifier
                on conflict (identifier) do nothing
            """;

    /** Copies adopted days before the history of such nodes is replaced, as the live consumer does for a new node. */
    private static final String ADOPTED = """
            insert into public.adopted_earnings
                   (node_id, date, earnings_gnk, earnings_ngonka, inferences, state, source)
            select history.node_id, history.date, history.earnings_gnk, history.earnings_ngonka, history.inferences,
                   history.state, history.source
              from public.nodes node
              join public.earnings_history history on history.node_id = node.id
             where not exists (
                   select
                     from public.node_earnings earnings
                    where earnings.node_id = node.id)
            """;

    private static final String LEDGER = """
            delete from public.earnings_ledger live
             where live.day >= ?
               and not exists (
                   select
                     from earnings_ledger made
                    where made.node_id = live.node_id
                      and made.epoch = live.epoch
                      and made.day = live.day)
            ;
            insert into public.earnings_ledger
            select made.*
              from earnings_ledger made
              left join public.earnings_ledger live using (node_id, epoch, day)
             where made.day >= ?
               and row(live.*) is distinct from row(made.*)
             order by made.node_id, made.epoch, made.day
                on conflict (node_id, epoch, day) do update
               set earned = excluded.earned,
                   inferences = excluded.inferences,
                   missed = excluded.missed,
                   validated = excluded.validated,
                   invalidated = excluded.invalidated,
                   source = excluded.source,
                   observed_at = excluded.observed_at
            """;

    private static final String SETTLEMENTS = """
            delete from public.epoch_settlements live
             where live.settled_on >= ?
               and not exists (
                   select
                     from epoch_settlements made
                    where made.node_id = live.node_id
                      and made.epoch = live.epoch)
            ;
            insert into public.epoch_settlements
                   (node_id, epoch, earned, inferences, missed, validated, invalidated, rewarded, claim, approximate,
                    settled_at, settled_height, forfeited_at, source, observed_at)
            select made.node_id, made.epoch, made.earned, made.inferences, made.missed, made.validated,
                   made.invalidated, made.rewarded, made.claim, made.approximate, made.settled_at, made.settled_height,
                   made.forfeited_at, made.source, made.observed_at
              from epoch_settlements made
              left join public.epoch_settlements live using (node_id, epoch)
             where row(live.*) is distinct from row(made.*)
             order by made.node_id, made.epoch
                on conflict (node_id, epoch) do update
               set earned = excluded.earned,
                   inferences = excluded.inferences,
                   missed = excluded.missed,
                   validated = excluded.validated,
                   invalidated = excluded.invalidated,
                   rewarded = excluded.rewarded,
                   claim = excluded.claim,
                   approximate = excluded.approximate,
                   settled_at = excluded.settled_at,
                   settled_height = excluded.settled_height,
                   forfeited_at = excluded.forfeited_at,
                   source = excluded.source,
                   observed_at = excluded.observed_at
            """;

    private static final String HISTORY = """
            delete from public.earnings_history live
             where live.date >= ?
               and not exists (
                   select
                     from earnings_history made
                    where made.node_id = live.node_id
                      and made.date = live.date)
            ;
            insert into public.earnings_history
                   (node_id, date, earnings_gnk, earnings_ngonka, inferences, state, source)
            select made.node_id, made.date, made.earnings_gnk, made.earnings_ngonka, made.inferences, made.state,
                   made.source
              from earnings_history made
              left join public.earnings_history live using (node_id, date)
             where made.date >= ?
               and (live.earnings_gnk, live.earnings_ngonka, live.inferences, live.state, live.source, live.id is null)
                   is distinct from
                   (made.earnings_gnk, made.earnings_ngonka, made.inferences, made.state, made.source, false)
             order by made.node_id, made.date
                on conflict (node_id, date) do update
               set earnings_gnk = excluded.earnings_gnk,
                   earnings_ngonka = excluded.earnings_ngonka,
                   inferences = excluded.inferences,
                   state = excluded.state,
                   source = excluded.source,
                   updated_at = now()
            """;

    /** Runs after the rebuild tables are dropped: the names are those of the stored tables again. */
    private static final String TOTALS = """
            insert into node_earnings as earnings (node_id, total, ledger_from)
            select node.id,
                   coalesce(sum(coalesce(history.earnings_ngonka, history.earnings_gnk * 1000000000)), 0),
                   case
                       when exists (
                           select
                             from adopted_earnings adopted
                            where adopted.node_id = node.id)
                       then coalesce(
                           least(
                               (select min(ledger.day)
                                  from earnings_ledger ledger
                                 where ledger.node_id = node.id),
                               (select min(settled.settled_on)
                                  from epoch_settlements settled
                                 where settled.node_id = node.id)),
                           'infinity')
                   end
              from nodes node
              left join earnings_history history on history.node_id = node.id
             group by node.id
             order by node.id
                on conflict (node_id) do update
               set total = excluded.total,
                   ledger_from = excluded.ledger_from
             where (earnings.total, earnings.ledger_from) is distinct from (excluded.total, excluded.ledger_from)
            """;

    /** Triggers maintain these rows; a manual change is corrected here. */
    private static final String DAILY = """
            with made as (
                select date,
                       coalesce(source, '') as source,
                       sum(coalesce(earnings_ngonka, earnings_gnk * 1000000000)) as ngonka,
                       count(*) as days,
                       count(*) filter (where coalesce(earnings_ngonka, earnings_gnk) <> 0) as earning_days,
                       count(*) filter (where state <> 'settled') as provisional_days
                  from earnings_history
                 group by 1, 2
            ), gone as (
                delete from earnings_daily daily
                 where not exists (
                       select
                         from made
                        where made.date = daily.date
                          and made.source = daily.source)
            )
            insert into earnings_daily as daily
                   (date, source, earnings_ngonka, days, earning_days, provisional_days)
            select *
              from made
             order by date, source
                on conflict (date, source) do update
               set earnings_ngonka = excluded.earnings_ngonka,
                   days = excluded.days,
                   earning_days = excluded.earning_days,
                   provisional_days = excluded.provisional_days
             where (daily.earnings_ngonka, daily.days, daily.earning_days, daily.provisional_days)
                   is distinct from
                   (excluded.earnings_ngonka, excluded.days, excluded.earning_days, excluded.provisional_days)
            """;

    /** Maintained by triggers like the daily sums, and corrected here. */
    private static final String EARNING_DAYS = """
            with made as (
                select node_id,
                       (date - date '4714-11-24 BC') / 31 as block,
                       bit_or(1 << (date - date '4714-11-24 BC') % 31) as days
                  from earnings_history
                 where coalesce(earnings_ngonka, earnings_gnk) > 0
                   and isfinite(date)
                 group by 1, 2
            ), gone as (
                delete from node_earning_days kept
                 where not exists (
                       select
                         from made
                        where made.node_id = kept.node_id
                          and made.block = kept.block)
            )
            insert into node_earning_days as kept (node_id, block, days)
            select *
              from made
             order by node_id, block
                on conflict (node_id, block) do update
               set days = excluded.days
             where kept.days <> excluded.days
            """;

    private static final String EARNING_NODES = """
            with made as (
                select date,
                       days_since,
                       count(*) as nodes
                  from (select date,
                               least(31, coalesce(date - lag(date) over (partition by node_id order by date), 31))
                                   as days_since
                          from earnings_history
                         where coalesce(earnings_ngonka, earnings_gnk) > 0
                           and isfinite(date)) earned
                 group by 1, 2
            ), gone as (
                delete from earning_node_counts kept
                 where not exists (
                       select
                         from made
                        where made.date = kept.date
                          and made.days_since = kept.days_since)
            )
            insert into earning_node_counts as kept (date, days_since, nodes)
            select *
              from made
             order by date, days_since
                on conflict (date, days_since) do update
               set nodes = excluded.nodes
             where kept.nodes <> excluded.nodes
            """;

    private static final String EPOCH_TOTALS = """
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
                          from epoch_settlements
                         group by epoch) summed
                 cross join lateral (
                       select settled.settled_at, settled.settled_height
                         from epoch_settlements settled
                        where settled.epoch = summed.epoch
                        order by settled.approximate, settled.rewarded desc, settled.node_id
                        limit 1) block
            ), gone as (
                delete from epoch_totals kept
                 where not exists (
                       select
                         from made
                        where made.epoch = kept.epoch)
            )
            insert into epoch_totals as kept
            select *
              from made
             order by epoch
                on conflict (epoch) do update
               set nodes = excluded.nodes,
                   approximate_nodes = excluded.approximate_nodes,
                   earned = excluded.earned,
                   rewarded = excluded.rewarded,
                   claimed = excluded.claimed,
                   unclaimed = excluded.unclaimed,
                   forfeited = excluded.forfeited,
                   inferences = excluded.inferences,
                   missed = excluded.missed,
                   validated = excluded.validated,
                   invalidated = excluded.invalidated,
                   settled_at = excluded.settled_at,
                   settled_height = excluded.settled_height
             where row(kept.*) is distinct from row(excluded.*)
            """;

    private static final String REWARD_DAYS = """
            with made as (
                select date,
                       sum(unclaimed) as unclaimed,
                       sum(forfeited) as forfeited
                  from (select settled_on as date, rewarded as unclaimed, 0 as forfeited
                          from epoch_settlements
                         where claim = 'unclaimed'
                         union all
                        select forfeited_on, 0, rewarded
                          from epoch_settlements
                         where claim = 'forfeited') moved
                 group by date
                having sum(unclaimed) <> 0 or sum(forfeited) <> 0
            ), gone as (
                delete from reward_daily kept
                 where not exists (
                       select
                         from made
                        where made.date = kept.date)
            )
            insert into reward_daily as kept (date, unclaimed, forfeited)
            select *
              from made
             order by date
                on conflict (date) do update
               set unclaimed = excluded.unclaimed,
                   forfeited = excluded.forfeited
             where (kept.unclaimed, kept.forfeited) <> (excluded.unclaimed, excluded.forfeited)
            """;

    private final Connection connection;
    private final LocalDate from;

    public HistorySwap(Connection connection, LocalDate from) {
        this.connection = connection;
        this.from = from;
    }

    /** The result is visible when the transaction commits. */
    public void run(RebuildTables tables, LocalDate today) throws SQLException {
        execute(NODES);
        execute(ADOPTED);
        // The insert above may have skipped nodes that another service has just created.
        tables.replaceNodeIds();
        run(LEDGER, 2);
        run(SETTLEMENTS, 1);
        run(HISTORY, 2);
        // The following statements use the plain table names for the stored tables.
        tables.drop();
        execute(TOTALS);
        execute(DAILY);
        execute(EARNING_DAYS);
        execute(EARNING_NODES);
        execute(EPOCH_TOTALS);
        execute(REWARD_DAYS);
        SettlementRankWriter.rankAll(connection);
        new TodaysEarningsWriter().refreshAll(connection, today);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * @param times how many parameters of the statement are the first day
     */
    private void run(String sql, int times) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 1; i <= times; i++) {
                statement.setObject(i, from);
            }
            statement.execute();
        }
    }
}
