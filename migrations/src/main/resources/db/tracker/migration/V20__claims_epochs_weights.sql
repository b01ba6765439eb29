-- V20: what owners miss: rewards to claim, sums by epoch, weight by day, counters of the newest snapshot
-- Locks: share row exclusive on epoch_settlements while settlements are summed and indexed (about 3 s per million rows); then
--     access exclusive on node_facts, node_stats_cache and current_node_stats, and share row exclusive on nodes, while exact
--     amounts are filled in (less than a second per 10,000 nodes)
-- Way back: all of it follows from other tables or the topics; weights by day and ranks are lost until a replay
-- Lock timeout: 5s
-- Statement timeout: 30min
-- Transaction: yes

create table network_daily (
    day date not null,
    participants bigint not null default 0,
    weight numeric(38, 0),
    inferences numeric(38, 0),
    seen_minutes bigint not null default 0,
    healthy_minutes bigint not null default 0,
    constraint network_daily_pkey primary key (day)
) with (fillfactor = 50);

create table epoch_totals (
    epoch bigint not null,
    nodes bigint not null,
    approximate_nodes bigint not null,
    earned numeric(38, 0) not null,
    rewarded numeric(38, 0) not null,
    claimed numeric(38, 0) not null,
    unclaimed numeric(38, 0) not null,
    forfeited numeric(38, 0) not null,
    inferences numeric(38, 0) not null,
    missed numeric(38, 0) not null,
    validated numeric(38, 0) not null,
    invalidated numeric(38, 0) not null,
    settled_at timestamptz,
    settled_height bigint,
    constraint epoch_totals_pkey primary key (epoch)
) with (fillfactor = 50);

create table reward_daily (
    date date not null,
    unclaimed numeric(38, 0) not null,
    forfeited numeric(38, 0) not null,
    constraint reward_daily_pkey primary key (date)
) with (fillfactor = 50);

-- A node has few unclaimed rewards: one is forfeited two epochs after its own.
create index idx_settlements_unclaimed on epoch_settlements (node_id, epoch)
    where claim = 'unclaimed';

-- Exact settlements come first: the first row of an epoch names its block.
create index idx_settlements_epoch on epoch_settlements (epoch, approximate, rewarded desc, node_id);

-- The rows that a statement has added and removed, by sign, are added to the sums. The text of a static statement would be
-- needed three times: only an update has both transition tables.
create function follow_epoch_settlements()
returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $body$
declare
    changed constant text := case tg_op
        when 'INSERT' then 'select 1 as sign, * from added'
        when 'DELETE' then 'select -1 as sign, * from gone'
        when 'UPDATE' then 'select 1 as sign, * from added union all select -1 as sign, * from gone'
    end;
begin
    if tg_op = 'TRUNCATE' then
        delete from public.epoch_totals;
        delete from public.reward_daily;
        return null;
    end if;
    -- The lock of follow_earnings_history(): with one lock for both, transactions cannot take two in opposite order.
    perform pg_advisory_xact_lock(7320519823364102);
    execute replace($sql$
        insert into public.epoch_totals as totals
               (epoch, nodes, approximate_nodes, earned, rewarded, claimed, unclaimed, forfeited, inferences, missed,
                validated, invalidated)
        select epoch,
               sum(sign),
               coalesce(sum(sign) filter (where approximate), 0),
               sum(sign * earned),
               sum(sign * rewarded),
               coalesce(sum(sign * rewarded) filter (where claim = 'claimed'), 0),
               coalesce(sum(sign * rewarded) filter (where claim = 'unclaimed'), 0),
               coalesce(sum(sign * rewarded) filter (where claim = 'forfeited'), 0),
               sum(sign * inferences::numeric),
               sum(sign * missed::numeric),
               sum(sign * validated::numeric),
               sum(sign * invalidated::numeric)
          from (@changed) changed
         group by epoch
         order by epoch
            on conflict (epoch) do update
           set nodes = totals.nodes + excluded.nodes,
               approximate_nodes = totals.approximate_nodes + excluded.approximate_nodes,
               earned = totals.earned + excluded.earned,
               rewarded = totals.rewarded + excluded.rewarded,
               claimed = totals.claimed + excluded.claimed,
               unclaimed = totals.unclaimed + excluded.unclaimed,
               forfeited = totals.forfeited + excluded.forfeited,
               inferences = totals.inferences + excluded.inferences,
               missed = totals.missed + excluded.missed,
               validated = totals.validated + excluded.validated,
               invalidated = totals.invalidated + excluded.invalidated
        $sql$, '@changed', changed);
    execute replace($sql$
        update public.epoch_totals totals
           set settled_at = block.settled_at,
               settled_height = block.settled_height
          from (select touched.epoch, best.settled_at, best.settled_height
                  from (select distinct epoch from (@changed) changed) touched
                  left join lateral (
                       select settled.settled_at, settled.settled_height
                         from public.epoch_settlements settled
                        where settled.epoch = touched.epoch
                        order by settled.approximate, settled.rewarded desc, settled.node_id
                        limit 1) best
                    on true) block
         where totals.epoch = block.epoch
           and (totals.settled_at, totals.settled_height) is distinct from (block.settled_at, block.settled_height)
        $sql$, '@changed', changed);
    execute replace($sql$
        insert into public.reward_daily as daily (date, unclaimed, forfeited)
        select date, sum(unclaimed), sum(forfeited)
          from (select settled_on as date, sign * rewarded as unclaimed, 0::numeric as forfeited
                  from (@changed) changed
                 where claim = 'unclaimed'
                 union all
                select forfeited_on, 0, sign * rewarded
                  from (@changed) changed
                 where claim = 'forfeited') moved
         group by date
        having sum(unclaimed) <> 0 or sum(forfeited) <> 0
         order by date
            on conflict (date) do update
           set unclaimed = daily.unclaimed + excluded.unclaimed,
               forfeited = daily.forfeited + excluded.forfeited
        $sql$, '@changed', changed);
    return null;
end
$body$;

create trigger trg_epoch_totals_of_inserted
    after insert on epoch_settlements
    referencing new table as added
    for each statement execute function follow_epoch_settlements();

create trigger trg_epoch_totals_of_updated
    after update on epoch_settlements
    referencing old table as gone new table as added
    for each statement execute function follow_epoch_settlements();

create trigger trg_epoch_totals_of_deleted
    after delete on epoch_settlements
    referencing old table as gone
    for each statement execute function follow_epoch_settlements();

create trigger trg_epoch_totals_of_truncated
    after truncate on epoch_settlements
    for each statement execute function follow_epoch_settlements();

insert into epoch_totals
       (epoch, nodes, approximate_nodes, earned, rewarded, claimed, unclaimed, forfeited, inferences, missed, validated,
        invalidated, settled_at, settled_height)
select summed.*,
       block.settled_at,
       block.settled_height
  from (select epoch,
               count(*),
               count(*) filter (where approximate),
               sum(earned),
               sum(rewarded),
               coalesce(sum(rewarded) filter (where claim = 'claimed'), 0),
               coalesce(sum(rewarded) filter (where claim = 'unclaimed'), 0),
               coalesce(sum(rewarded) filter (where claim = 'forfeited'), 0),
               sum(inferences),
               sum(missed),
               sum(validated),
               sum(invalidated)
          from epoch_settlements
         group by epoch) summed
 cross join lateral (
       select settled.settled_at, settled.settled_height
         from epoch_settlements settled
        where settled.epoch = summed.epoch
        order by settled.approximate, settled.rewarded desc, settled.node_id
        limit 1) block
 order by epoch;

insert into reward_daily (date, unclaimed, forfeited)
select date, sum(unclaimed), sum(forfeited)
  from (select settled_on as date, rewarded as unclaimed, 0::numeric as forfeited
          from epoch_settlements
         where claim = 'unclaimed'
         union all
        select forfeited_on, 0, rewarded
          from epoch_settlements
         where claim = 'forfeited') moved
 group by date
having sum(unclaimed) <> 0 or sum(forfeited) <> 0
 order by date;

analyze epoch_totals;
analyze reward_daily;

-- The stats writer locks them in this order and works meanwhile; another order can deadlock.
lock table node_facts, node_stats_cache in access exclusive mode;

-- A day can hold parts of two epochs, and each has its own weight.
create table node_daily (
    node_id uuid not null,
    day date not null,
    epoch bigint not null,
    weight bigint not null,
    constraint node_daily_pkey primary key (node_id, day, epoch),
    constraint node_daily_node_id_fkey foreign key (node_id) references nodes (id) on delete cascade,
    constraint chk_node_daily_not_negative check (epoch >= 0 and weight >= 0)
) with (fillfactor = 90);

create index idx_node_daily_epoch on node_daily (node_id, epoch);

alter table node_facts
    add column missed bigint,
    add column validated bigint,
    add column invalidated bigint,
    add column models text[],
    add column weight_rank integer,
    add column weight_share numeric(9, 8),
    add column seen_minutes smallint;

alter table node_stats_cache
    add column earnings_day_ngonka numeric(38, 0),
    add column earnings_total_ngonka numeric(38, 0);

update node_stats_cache cache
   set earnings_total_ngonka = earnings.total,
       earnings_day_ngonka = case
           when cache.earnings_date is not null then coalesce((
               select coalesce(history.earnings_ngonka, history.earnings_gnk * 1000000000)
                 from earnings_history history
                where history.node_id = cache.node_id
                  and history.date = cache.earnings_date), 0)
       end
  from node_earnings earnings
 where earnings.node_id = cache.node_id;

-- Most trackers agree on it. One that has been silent for an hour longer than the others has no vote.
create view running_epoch as
select percentile_disc(0.5) within group (order by epoch) as epoch
  from trackers
 where epoch is not null
   and last_success_at > least(now(), (select max(last_success_at) from trackers)) - interval '1 hour';

-- Seconds, because days of an interval have another length where clocks are changed.
create view epoch_calendar as
select totals.epoch,
       before.settled_at as starts_at,
       totals.settled_at,
       totals.settled_height,
       (totals.settled_at at time zone 'UTC')::date as settled_on,
       totals.epoch + 3 as claim_before_epoch,
       coalesce(
           forfeit.settled_at,
           (select date_trunc(
                       'second',
                       max(newest.settled_at) + (totals.epoch + 2 - max(newest.epoch))
                           * (extract(epoch from max(newest.settled_at) - min(newest.settled_at))
                               / nullif(max(newest.epoch) - min(newest.epoch), 0))
                           * interval '1 second')
              from (select epoch, settled_at
                      from epoch_totals
                     where nodes > 0
                     order by epoch desc
                     limit 6) newest)) as claim_before_at
  from epoch_totals totals
  left join epoch_totals before on before.epoch = totals.epoch - 1 and before.nodes > 0
  left join epoch_totals forfeit on forfeit.epoch = totals.epoch + 2 and forfeit.nodes > 0
 where totals.nodes > 0;

-- Inactive: known from an earlier epoch, and its own tracker went on without it, or no tracker ever reported it.
create or replace view current_node_stats as
select node.id as node_id,
       node.identifier,
       node.identifier_type,
       node.display_name,
       node.gpu_type,
       node.region,
       case
           when activity.inactive then 'inactive'
           when silence.offline then 'offline'
           else stats.status
       end as status,
       stats.status as reported_status,
       silence.offline and not activity.inactive as offline,
       stats.fetched_at < now() - coalesce(
           nullif(current_setting('gonkapulse.stats_ttl', true), '')::interval,
           interval '3 minutes')
           and not activity.inactive as stale,
       stats.earnings_day,
       stats.earnings_total,
       stats.uptime_percent,
       stats.tokens_per_sec,
       stats.jobs_day,
       stats.active_model,
       stats.voting_weight,
       stats.source,
       stats.fetched_at,
       stats.earnings_date,
       stats.earnings_day_ngonka,
       case
           when stats.node_id is not null then stats.earnings_total_ngonka
           else (
               select earnings.total
                 from node_earnings earnings
                where earnings.node_id = node.id)
       end as earnings_total_ngonka,
       facts.participant_status,
       facts.gpu_count,
       facts.models,
       facts.jailed_until,
       facts.inferences as epoch_inferences,
       facts.missed as epoch_missed,
       facts.validated as epoch_validated,
       facts.invalidated as epoch_invalidated,
       facts.weight_rank,
       facts.weight_share,
       facts.seen_minutes,
       activity.last_epoch as last_active_epoch
  from nodes node
  left join node_stats_cache stats on stats.node_id = node.id
  left join node_facts facts on facts.node_id = node.id
  left join trackers tracker on tracker.name = stats.source
  left join tracker_coverage coverage on coverage.tracker = stats.source and coverage.partition = facts.partition
  left join consumer_offsets applied
    on applied.consumer_group = 'stats-writer'
   and applied.topic = 'tracker.snapshots'
   and applied.partition = facts.partition
 cross join lateral (
       select case
                  when applied.next_offset >= coverage.pending_offset then coverage.pending_at
                  else coverage.success_at
              end as at) success
 cross join lateral (
       select case
                  when stats.node_id is not null then coalesce(
                      success.at > stats.fetched_at + 3 * tracker.interval_ms * interval '1 millisecond',
                      false)
              end as offline) silence
 cross join lateral (
       select case
                  when stats.node_id is not null then facts.epoch
                  else (
                      select max(settled.epoch)
                        from epoch_settlements settled
                       where settled.node_id = node.id)
              end as last_epoch) seen
 cross join lateral (
       select seen.last_epoch,
              coalesce(silence.offline, true)
                  and coalesce(seen.last_epoch < (select running.epoch from running_epoch running), false)
                  as inactive) activity
 where node.deleted_at is null;

comment on function follow_epoch_settlements() is 'Keeps epoch_totals and reward_daily at the sums of epoch_settlements';

comment on table node_stats_cache is
    'The newest stats of each node; the stats writer owns all but jobs_day and the columns whose names begin with earnings';
comment on column node_stats_cache.earnings_day_ngonka is
    'ngonka of the day earnings_date; exact, unless its GNK differ from earnings_day: then written by an older aggregator';
comment on column node_stats_cache.earnings_total_ngonka is
    'ngonka of all days; exact, unless its GNK differ from earnings_total: then written by an older aggregator';

comment on column node_facts.missed is 'Inferences missed so far in the epoch';
comment on column node_facts.validated is 'Inferences validated so far in the epoch';
comment on column node_facts.invalidated is 'Inferences found invalid so far in the epoch';
comment on column node_facts.models is 'All models that the node serves, in the tracker''s order; null: written before V20';
comment on column node_facts.weight_rank is 'Place by weight among the nodes of the running epoch; null: not among them';
comment on column node_facts.weight_share is 'Part of the weight of all nodes of the running epoch, from 0 to 1';
comment on column node_facts.seen_minutes is
    'Minutes of the last 24 hours in which the node was seen, in whole tens: uptime_percent is of these';

comment on table node_daily is 'Largest weight of each node by UTC day and epoch';
comment on column node_daily.node_id is 'The node';
comment on column node_daily.day is 'UTC day on which the node was seen';
comment on column node_daily.epoch is 'Epoch of the weight';
comment on column node_daily.weight is 'Largest weight of the epoch that was seen on the day';
comment on index node_daily_pkey is 'Weights of a node over a range of days: the API''s history';
comment on index idx_node_daily_epoch is 'Weight of a node in an epoch: the API''s epochs of a node';

comment on table network_daily is 'The network by UTC day; the stats writer adds it up from the days of the nodes';
comment on column network_daily.day is 'UTC day';
comment on column network_daily.participants is 'How many nodes had a weight';
comment on column network_daily.weight is 'Sum of the largest weight of each node; null: none is known';
comment on column network_daily.inferences is 'Inferences of all nodes; null: not known';
comment on column network_daily.seen_minutes is 'Minutes in which nodes were seen, added up';
comment on column network_daily.healthy_minutes is 'How many of them were healthy';
comment on index network_daily_pkey is 'Days of a range: the API''s history of the network';

comment on table epoch_totals is
    'epoch_settlements added up over all nodes, by epoch; kept by triggers, verified by the aggregator';
comment on column epoch_totals.epoch is 'The epoch';
comment on column epoch_totals.nodes is 'How many settlements were added up; 0 where all have gone';
comment on column epoch_totals.approximate_nodes is 'How many of them are approximate';
comment on column epoch_totals.earned is 'ngonka earned by work';
comment on column epoch_totals.rewarded is 'ngonka of rewards, whatever became of them';
comment on column epoch_totals.claimed is 'ngonka of claimed rewards';
comment on column epoch_totals.unclaimed is 'ngonka of rewards that can still be claimed';
comment on column epoch_totals.forfeited is 'ngonka of rewards that were not claimed in time';
comment on column epoch_totals.inferences is 'Inferences';
comment on column epoch_totals.missed is 'Inferences missed';
comment on column epoch_totals.validated is 'Inferences validated';
comment on column epoch_totals.invalidated is 'Inferences found invalid';
comment on column epoch_totals.settled_at is 'When the epoch was settled, by an exact settlement if there is one';
comment on column epoch_totals.settled_height is 'Block of that settlement; null: not known';
comment on index epoch_totals_pkey is 'Newest epochs, and one by its number: the API''s epochs, epoch_calendar';

comment on table reward_daily is
    'Unclaimed and forfeited rewards of epoch_settlements over all nodes; kept by triggers, verified by the aggregator';
comment on column reward_daily.date is 'UTC day';
comment on column reward_daily.unclaimed is 'ngonka of rewards that were settled on the day and can still be claimed';
comment on column reward_daily.forfeited is 'ngonka of rewards that were forfeited on the day';
comment on index reward_daily_pkey is 'Days of a range: the API''s network earnings';

comment on index idx_settlements_unclaimed is 'Rewards of a node that can still be claimed: the API';
comment on index idx_settlements_epoch is 'Settlements of an epoch, best paid first, and its block: the API, epoch_totals';

comment on view running_epoch is 'The epoch that most trackers report now; one row, null while none reports';
comment on column running_epoch.epoch is 'Median of the trackers'' epochs';

comment on view epoch_calendar is 'When each settled epoch began and ended, and until when its rewards can be claimed';
comment on column epoch_calendar.epoch is 'The epoch';
comment on column epoch_calendar.starts_at is 'Settlement of the epoch before; null: not known';
comment on column epoch_calendar.settled_at is 'Settlement of the epoch: its end';
comment on column epoch_calendar.settled_height is 'Block of the settlement; null: not known';
comment on column epoch_calendar.settled_on is 'UTC day of the settlement: the day of the reward';
comment on column epoch_calendar.claim_before_epoch is 'A reward must be claimed before this epoch begins';
comment on column epoch_calendar.claim_before_at is
    'When that epoch begins, estimated by the length of the newest epochs until it is known; null: only one is known';

comment on column current_node_stats.status is
    'As reported, offline, or inactive: last seen in an earlier epoch, or known from settlements alone';
comment on column current_node_stats.offline is
    'The tracker reported others of the node''s epoch for three intervals without this node';
comment on column current_node_stats.stale is 'Older than the limit, and not inactive';
comment on column current_node_stats.earnings_day_ngonka is 'ngonka of the day; see node_stats_cache';
comment on column current_node_stats.earnings_total_ngonka is
    'ngonka of all days, also of a node that no tracker ever reported; see node_stats_cache';
comment on column current_node_stats.participant_status is 'As the chain says';
comment on column current_node_stats.gpu_count is 'How many GPUs';
comment on column current_node_stats.models is 'All models; null: written before V20';
comment on column current_node_stats.jailed_until is 'End of the jail term';
comment on column current_node_stats.epoch_inferences is 'Inferences so far in the epoch of the newest snapshot';
comment on column current_node_stats.epoch_missed is 'Inferences missed so far in that epoch';
comment on column current_node_stats.epoch_validated is 'Inferences validated so far in that epoch';
comment on column current_node_stats.epoch_invalidated is 'Inferences found invalid so far in that epoch';
comment on column current_node_stats.weight_rank is 'Place by weight in the running epoch';
comment on column current_node_stats.weight_share is 'Part of the weight of all nodes';
comment on column current_node_stats.seen_minutes is 'Minutes seen in the last 24 hours';
comment on column current_node_stats.last_active_epoch is
    'Epoch of the newest snapshot; of a node that no tracker ever reported, its last settled epoch';

-- Tables of later steps are named, too: the roles may be made long after them.
create or replace procedure grant_gonkapulse_rights()
language plpgsql
as $body$
declare
    written constant text[] := array['nodes', 'node_stats_cache', 'earnings_history', 'earnings_ledger',
        'epoch_settlements', 'consumer_offsets', 'node_health_hourly', 'node_facts', 'trackers', 'tracker_polls',
        'node_earnings', 'tracker_coverage', 'earnings_daily', 'adopted_earnings', 'node_earning_days',
        'earning_node_counts', 'node_daily', 'network_daily', 'epoch_totals', 'reward_daily'];
    guarded constant text[] := array['users', 'user_nodes', 'node_requests', 'user_node_origins'];
    views constant text[] := array['current_node_stats', 'user_node_overview', 'earnings_monthly', 'running_epoch',
        'epoch_calendar'];
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
    grant select on public.current_node_stats, public.earnings_monthly, public.running_epoch, public.epoch_calendar,
        public.flyway_schema_history
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
    grant select, insert, update on node_daily, network_daily to gonkapulse_stats_writer;
    grant select on running_epoch to gonkapulse_stats_writer;
    grant select (node_id, date, inferences) on earnings_history to gonkapulse_stats_writer;
    grant select (date, days) on earnings_daily to gonkapulse_stats_writer;

    grant update (earnings_date, earnings_day, earnings_day_ngonka, earnings_total, earnings_total_ngonka, jobs_day)
        on node_stats_cache to gonkapulse_earnings_aggregator;
    grant select, insert, update on node_earnings to gonkapulse_earnings_aggregator;
    grant select, insert on adopted_earnings to gonkapulse_earnings_aggregator;
    grant select on trackers to gonkapulse_earnings_aggregator;
    grant select, insert, update, delete on earnings_ledger, epoch_settlements, earnings_history, earnings_daily,
        node_earning_days, earning_node_counts, epoch_totals, reward_daily
        to gonkapulse_earnings_aggregator;
end
$body$;

do $rights$
begin
    if to_regrole('gonkapulse_owner') is not null then
        grant all on node_daily, network_daily, epoch_totals, reward_daily, running_epoch, epoch_calendar
            to gonkapulse_owner;
    end if;
    if to_regrole('gonkapulse_writer') is not null then
        grant select, insert, update, delete on node_daily, network_daily, epoch_totals, reward_daily
            to gonkapulse_writer;
        grant select on running_epoch, epoch_calendar to gonkapulse_writer;
    end if;
    if to_regrole('gonkapulse_reader') is not null then
        grant select on node_daily, network_daily, epoch_totals, reward_daily, running_epoch, epoch_calendar
            to gonkapulse_reader;
    end if;
    if to_regrole('gonkapulse_stats_writer') is not null then
        grant select, insert, update on node_daily, network_daily to gonkapulse_stats_writer;
        grant select on running_epoch to gonkapulse_stats_writer;
        grant select (node_id, date, inferences) on earnings_history to gonkapulse_stats_writer;
        grant select (date, days) on earnings_daily to gonkapulse_stats_writer;
    end if;
    if to_regrole('gonkapulse_earnings_aggregator') is not null then
        grant update (earnings_day_ngonka, earnings_total_ngonka) on node_stats_cache to gonkapulse_earnings_aggregator;
        grant select, insert, update, delete on epoch_totals, reward_daily to gonkapulse_earnings_aggregator;
    end if;
end
$rights$;
