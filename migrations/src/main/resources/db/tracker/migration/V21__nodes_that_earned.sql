-- V21: a node that earned is one with a positive amount: a reward that is taken back is no earning
-- Locks: share row exclusive on earnings_history while its days are counted again (about 3 s per million rows)
-- Way back: counts again as before; nothing is lost
-- Lock timeout: 5s
-- Statement timeout: 2h
-- Transaction: yes

lock table earnings_history in share row exclusive mode;

create or replace function count_earning_nodes()
returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $body$
declare
    changed_nodes uuid[];
    changed_blocks integer[];
    changed_days integer[];
begin
    if tg_op = 'TRUNCATE' then
        delete from public.earning_node_counts;
        delete from public.node_earning_days;
        return null;
    end if;
    -- The lock of follow_earnings_history().
    perform pg_advisory_xact_lock(7320519823364102);
    if tg_op = 'INSERT' then
        select array_agg(node_id),
               array_agg(block),
               array_agg(days)
          into changed_nodes, changed_blocks, changed_days
          from (select node_id,
                       (date - date '4714-11-24 BC') / 31 as block,
                       bit_xor(1 << (date - date '4714-11-24 BC') % 31) as days
                  from added
                 where coalesce(earnings_ngonka, earnings_gnk) > 0
                   and isfinite(date)
                 group by 1, 2) changed;
    elsif tg_op = 'DELETE' then
        select array_agg(node_id),
               array_agg(block),
               array_agg(days)
          into changed_nodes, changed_blocks, changed_days
          from (select node_id,
                       (date - date '4714-11-24 BC') / 31 as block,
                       bit_xor(1 << (date - date '4714-11-24 BC') % 31) as days
                  from gone
                 where coalesce(earnings_ngonka, earnings_gnk) > 0
                   and isfinite(date)
                 group by 1, 2) changed;
    else
        select array_agg(node_id),
               array_agg(block),
               array_agg(days)
          into changed_nodes, changed_blocks, changed_days
          from (select node_id,
                       (date - date '4714-11-24 BC') / 31 as block,
                       bit_xor(1 << (date - date '4714-11-24 BC') % 31) as days
                  from (select *
                          from added
                         union all
                        select *
                          from gone) either
                 where coalesce(earnings_ngonka, earnings_gnk) > 0
                   and isfinite(date)
                 group by 1, 2
                having bit_xor(1 << (date - date '4714-11-24 BC') % 31) <> 0) changed;
    end if;
    if changed_nodes is null then
        return null;
    end if;

    -- A day's time since the day before can change from the first changed day of a block to the end of the next block.
    with changed as materialized (
        select *
          from unnest(changed_nodes, changed_blocks, changed_days) as changed (node_id, block, days)
    ), touched as (
        select node_id,
               block,
               bit_or(days) as days,
               bit_or(days_before) as days_before
          from (select node_id, block, days, 0 as days_before
                  from changed
                 union all
                select node_id, block + 1, 0, days
                  from changed) either
         group by node_id, block
    ), written as (
        -- Beside what changes, a repeatable read must have read the newest of the blocks around it, or fail.
        insert into public.node_earning_days as kept (node_id, block, days)
        select node_id, block, bit_or(days)
          from (select node_id, block, days
                  from changed
                 union all
                select node_id, block + side, 0
                  from changed
                 cross join (values (-1), (1)) around (side)
                 where current_setting('transaction_isolation') <> 'read committed') either
         group by node_id, block
         order by node_id, block
            on conflict (node_id, block) do update
           set days = kept.days # excluded.days
    ), counted as (
        select date '4714-11-24 BC' + (touched.block * 31 + day.number) as date,
               -- The highest bit below the day's own, of 31 days of the block before and those of this block.
               least(31, 32 + day.number - length(ltrim(
                   ((state.days_before | (state.days::bigint << 31)) & ((1::bigint << (31 + day.number)) - 1))
                       ::bit(62)::text, '0'))) as days_since,
               sum(state.sign) as nodes
          from touched
          left join public.node_earning_days own
            on own.node_id = touched.node_id and own.block = touched.block
          left join public.node_earning_days before
            on before.node_id = touched.node_id and before.block = touched.block - 1
         cross join lateral (values
                   (-1, coalesce(before.days, 0)::bigint, coalesce(own.days, 0)),
                   (1, (coalesce(before.days, 0) # touched.days_before)::bigint, coalesce(own.days, 0) # touched.days))
               as state (sign, days_before, days)
         cross join lateral generate_series(
                   case
                       when touched.days_before <> 0 then 0
                       else length(ltrim((touched.days & -touched.days)::bit(32)::text, '0')) - 1
                   end,
                   30) as day (number)
         where state.days <> 0
           and state.days >> day.number & 1 = 1
         group by 1, 2
        having sum(state.sign) <> 0
    )
    insert into public.earning_node_counts as kept (date, days_since, nodes)
    select date, days_since, nodes
      from counted
     order by date, days_since
        on conflict (date, days_since) do update
       set nodes = kept.nodes + excluded.nodes;

    if tg_op = 'DELETE' then
        delete from public.node_earning_days kept
         using unnest(changed_nodes, changed_blocks) as changed (node_id, block)
         where kept.node_id = changed.node_id
           and kept.block = changed.block
           and kept.days = 0;
    end if;
    return null;
end
$body$;

delete from node_earning_days;
delete from earning_node_counts;

insert into node_earning_days (node_id, block, days)
select node_id,
       (date - date '4714-11-24 BC') / 31,
       bit_or(1 << (date - date '4714-11-24 BC') % 31)
  from earnings_history
 where coalesce(earnings_ngonka, earnings_gnk) > 0
   and isfinite(date)
 group by 1, 2
 order by 1, 2;

insert into earning_node_counts (date, days_since, nodes)
select date,
       days_since,
       count(*)
  from (select date,
               least(31, coalesce(date - lag(date) over (partition by node_id order by date), 31)) as days_since
          from earnings_history
         where coalesce(earnings_ngonka, earnings_gnk) > 0
           and isfinite(date)) counted
 group by 1, 2
 order by 1, 2;

analyze node_earning_days;
analyze earning_node_counts;

comment on table earning_node_counts is
    'How many nodes earned more than nothing on a day, by how many days before they had last earned; kept by triggers, verified by the aggregator';
comment on column node_earning_days.days is 'Bit n is set if the node earned more than nothing on day n of the block';
