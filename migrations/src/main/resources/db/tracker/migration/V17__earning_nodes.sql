-- V17: how many nodes earned something on a day, counted so that those of any week or month are read at once
-- Locks: share row exclusive on earnings_history while its days are counted (about 3 s per million rows)
-- Way back: drops both tables and the triggers that fill them; nothing is lost, they follow from the history
-- Lock timeout: 5s
-- Statement timeout: 2h
-- Transaction: yes

-- A node that earned on several days of a week counts once. So each of its days is counted by how long ago it earned
-- before: the nodes of a range are those whose day before lies outside of it.
create table earning_node_counts (
    date date not null,
    days_since smallint not null,
    nodes bigint not null,
    constraint earning_node_counts_pkey primary key (date, days_since),
    constraint chk_days_since check (days_since between 1 and 31)
) with (fillfactor = 50);

-- What is counted. Triggers of one statement all see the history as the statement left it; this table knows what each of
-- them found. No foreign key: a node that is deleted takes its days out of the history first.
create table node_earning_days (
    node_id uuid not null,
    block integer not null,
    days integer not null,
    constraint node_earning_days_pkey primary key (node_id, block)
) with (fillfactor = 80);

create function count_earning_nodes()
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
                 where coalesce(earnings_ngonka, earnings_gnk) <> 0
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
                 where coalesce(earnings_ngonka, earnings_gnk) <> 0
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
                 where coalesce(earnings_ngonka, earnings_gnk) <> 0
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

create trigger trg_earning_nodes_of_inserted
    after insert on earnings_history
    referencing new table as added
    for each statement execute function count_earning_nodes();

create trigger trg_earning_nodes_of_updated
    after update on earnings_history
    referencing old table as gone new table as added
    for each statement execute function count_earning_nodes();

create trigger trg_earning_nodes_of_deleted
    after delete on earnings_history
    referencing old table as gone
    for each statement execute function count_earning_nodes();

create trigger trg_earning_nodes_of_truncated
    after truncate on earnings_history
    for each statement execute function count_earning_nodes();

insert into node_earning_days (node_id, block, days)
select node_id,
       (date - date '4714-11-24 BC') / 31,
       bit_or(1 << (date - date '4714-11-24 BC') % 31)
  from earnings_history
 where coalesce(earnings_ngonka, earnings_gnk) <> 0
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
         where coalesce(earnings_ngonka, earnings_gnk) <> 0
           and isfinite(date)) counted
 group by 1, 2
 order by 1, 2;

analyze node_earning_days;
analyze earning_node_counts;

comment on function count_earning_nodes() is 'Keeps earning_node_counts and node_earning_days what earnings_history says';
comment on table earning_node_counts is
    'How many nodes earned something on a day, by how many days before they had last earned; kept by triggers, verified by the aggregator';
comment on column earning_node_counts.date is 'UTC day';
comment on column earning_node_counts.days_since is 'Days since the day before on which the node earned; 31 for 31 or more, and for none';
comment on column earning_node_counts.nodes is 'How many nodes; 0 where all have gone';
comment on index earning_node_counts_pkey is 'Nodes that earned in a day, a week or a month: the API''s network earnings';
comment on table node_earning_days is 'On which days each node earned something, for earning_node_counts; kept by triggers';
comment on column node_earning_days.node_id is 'The node';
comment on column node_earning_days.block is 'Thirty-one days: the Julian day divided by 31';
comment on column node_earning_days.days is 'Bit n is set if the node earned something on day n of the block';
comment on index node_earning_days_pkey is 'Days of a node around one that changed: count_earning_nodes';

-- Tables of later steps are named, too: the roles may be made long after them.
create or replace procedure grant_gonkapulse_rights()
language plpgsql
as $body$
declare
    written constant text[] := array['nodes', 'node_stats_cache', 'earnings_history', 'earnings_ledger',
        'epoch_settlements', 'consumer_offsets', 'node_health_hourly', 'node_facts', 'trackers', 'tracker_polls',
        'node_earnings', 'tracker_coverage', 'earnings_daily', 'adopted_earnings', 'node_earning_days',
        'earning_node_counts'];
    guarded constant text[] := array['users', 'user_nodes', 'node_requests', 'user_node_origins'];
    views constant text[] := array['current_node_stats', 'user_node_overview', 'earnings_monthly'];
    records constant text[] := array['flyway_schema_history', 'migration_steps'];
    migrator name;
    name text;
begin
    foreach name in array array['gonkapulse_owner', 'gonkapulse_writer', 'gonkapulse_reader'] loop
        if to_regrole(name) is null then
            raise undefined_object using message = format('Role %s is missing: create role %s nologin', name, name);
        end if;
    end loop;
    select pg_get_userbyid(relowner)
      into migrator
      from pg_class
     where oid = 'public.flyway_schema_history'::regclass;

    execute format('grant connect on database %I to gonkapulse_reader', current_database());
    grant usage on schema public to gonkapulse_reader;
    foreach name in array written || views || array['user_nodes', 'node_requests', 'flyway_schema_history'] loop
        execute format('grant select on public.%I to gonkapulse_reader', name);
    end loop;
    -- Not the hashes of passwords, nor the accounts elsewhere.
    grant select (id, email, name, role, provider, is_active, created_at, updated_at,
        telegram, discord, currency_preference) on public.users to gonkapulse_reader;

    execute format('grant connect, temporary on database %I to gonkapulse_writer', current_database());
    grant usage on schema public to gonkapulse_writer;
    foreach name in array written loop
        execute format('grant select, insert, update on public.%I to gonkapulse_writer', name);
    end loop;
    -- A node goes softly, so that its earnings stay.
    foreach name in array array_remove(written, 'nodes') loop
        execute format('grant delete on public.%I to gonkapulse_writer', name);
    end loop;
    grant select on public.current_node_stats, public.earnings_monthly, public.flyway_schema_history
        to gonkapulse_writer;

    execute format('grant connect, create, temporary on database %I to gonkapulse_owner', current_database());
    grant usage, create on schema public to gonkapulse_owner;
    foreach name in array written || guarded || views || records loop
        if to_regclass('public.' || name) is not null then
            execute format('grant all on public.%I to gonkapulse_owner', name);
        end if;
    end loop;
    if not pg_has_role(migrator, 'gonkapulse_owner', 'usage') then
        execute format('grant gonkapulse_owner to %I', migrator);
    end if;
    -- Tables of somebody else, as the portal's own login in an adopted database, stay with their owner.
    for name in
        select relname
          from pg_class
         where relnamespace = 'public'::regnamespace
           and relname = any (written || guarded || views)
           and relowner = migrator::regrole
         order by relkind, relname
    loop
        execute format('alter table public.%I owner to gonkapulse_owner', name);
    end loop;

    foreach name in array array[migrator, 'gonkapulse_owner'] loop
        execute format(
            'alter default privileges for role %I in schema public grant select on tables to gonkapulse_reader', name);
    end loop;
    execute format(
        'alter default privileges for role %I in schema public grant all on tables to gonkapulse_owner', migrator);
end
$body$;

create or replace procedure grant_gonkapulse_service_rights()
language plpgsql
as $body$
begin
    execute format('grant connect on database %I to gonkapulse_stats_writer, gonkapulse_earnings_aggregator',
        current_database());
    -- A rebuild is made in temporary tables.
    execute format('grant temporary on database %I to gonkapulse_earnings_aggregator', current_database());
    grant usage on schema public to gonkapulse_stats_writer, gonkapulse_earnings_aggregator;

    -- What both use, each in its own rows or columns.
    grant select on flyway_schema_history to gonkapulse_stats_writer, gonkapulse_earnings_aggregator;
    grant select, insert, update on consumer_offsets to gonkapulse_stats_writer, gonkapulse_earnings_aggregator;
    grant select on nodes, node_stats_cache to gonkapulse_stats_writer, gonkapulse_earnings_aggregator;
    grant insert (id, identifier, identifier_type) on nodes
        to gonkapulse_stats_writer, gonkapulse_earnings_aggregator;

    grant update (display_name, gpu_type) on nodes to gonkapulse_stats_writer;
    grant insert (node_id, status, tokens_per_sec, active_model, voting_weight, source, fetched_at),
        update (status, uptime_percent, tokens_per_sec, active_model, voting_weight, source, fetched_at)
        on node_stats_cache to gonkapulse_stats_writer;
    grant select, insert, update on node_facts, trackers, tracker_coverage to gonkapulse_stats_writer;
    grant select, insert, update, delete on node_health_hourly to gonkapulse_stats_writer;
    grant select, insert, delete on tracker_polls to gonkapulse_stats_writer;

    grant update (earnings_date, earnings_day, earnings_total, jobs_day) on node_stats_cache
        to gonkapulse_earnings_aggregator;
    grant select, insert, update on node_earnings to gonkapulse_earnings_aggregator;
    grant select, insert on adopted_earnings to gonkapulse_earnings_aggregator;
    grant select on trackers to gonkapulse_earnings_aggregator;
    grant select, insert, update, delete on earnings_ledger, epoch_settlements, earnings_history, earnings_daily,
        node_earning_days, earning_node_counts
        to gonkapulse_earnings_aggregator;
end
$body$;

do $rights$
begin
    if to_regrole('gonkapulse_writer') is not null then
        grant select, insert, update, delete on node_earning_days, earning_node_counts to gonkapulse_writer;
    end if;
    if to_regrole('gonkapulse_reader') is not null then
        grant select on node_earning_days, earning_node_counts to gonkapulse_reader;
    end if;
    if to_regrole('gonkapulse_earnings_aggregator') is not null then
        grant select, insert, update, delete on node_earning_days, earning_node_counts
            to gonkapulse_earnings_aggregator;
    end if;
end
$rights$;
