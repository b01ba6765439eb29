-- U20: the way back of V20
-- Locks: access exclusive on epoch_settlements, node_facts, node_stats_cache, current_node_stats and user_node_overview, for
--     milliseconds
-- Data: weights by day, ranks and counters of the newest snapshot are lost; a replay brings weights back
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

drop trigger trg_epoch_totals_of_truncated on epoch_settlements;
drop trigger trg_epoch_totals_of_deleted on epoch_settlements;
drop trigger trg_epoch_totals_of_updated on epoch_settlements;
drop trigger trg_epoch_totals_of_inserted on epoch_settlements;
drop function follow_epoch_settlements();
drop index idx_settlements_epoch;
drop index idx_settlements_unclaimed;

-- A view loses a column only by being made again; rights on both views come along.
create temporary table views_before on commit drop as
select relname as name,
       relowner as owner,
       relacl as rights
  from pg_class
 where oid in ('current_node_stats'::regclass, 'user_node_overview'::regclass);

drop view user_node_overview;
drop view current_node_stats;
drop view epoch_calendar;
drop view running_epoch;
drop table reward_daily;
drop table epoch_totals;
drop table network_daily;
drop table node_daily;

alter table node_facts
    drop column missed,
    drop column validated,
    drop column invalidated,
    drop column models,
    drop column weight_rank,
    drop column weight_share,
    drop column seen_minutes;

alter table node_stats_cache
    drop column earnings_day_ngonka,
    drop column earnings_total_ngonka;

create view current_node_stats as
select node.id as node_id,
       node.identifier,
       node.identifier_type,
       node.display_name,
       node.gpu_type,
       node.region,
       case when silence.offline then 'offline' else stats.status end as status,
       stats.status as reported_status,
       silence.offline,
       stats.fetched_at < now() - coalesce(
           nullif(current_setting('gonkapulse.stats_ttl', true), '')::interval,
           interval '3 minutes') as stale,
       stats.earnings_day,
       stats.earnings_total,
       stats.uptime_percent,
       stats.tokens_per_sec,
       stats.jobs_day,
       stats.active_model,
       stats.voting_weight,
       stats.source,
       stats.fetched_at,
       stats.earnings_date
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
 where node.deleted_at is null;

create view user_node_overview as
select assignment.user_id,
       person.email,
       person.name as user_name,
       assignment.node_id,
       stats.identifier,
       coalesce(assignment.label, stats.display_name) as label,
       assignment.notes,
       assignment.is_active,
       assignment.assigned_at,
       assignment.assigned_by,
       stats.status,
       stats.offline,
       stats.stale,
       stats.earnings_day,
       stats.earnings_total,
       stats.uptime_percent,
       stats.active_model,
       stats.fetched_at
  from user_nodes assignment
  join users person on person.id = assignment.user_id
  join current_node_stats stats on stats.node_id = assignment.node_id;

comment on view current_node_stats is
    'Live nodes with their newest stats. Set gonkapulse.stats_ttl (default 3 minutes) for another limit of stale';
comment on column current_node_stats.node_id is 'The node';
comment on column current_node_stats.identifier is 'Address on the chain';
comment on column current_node_stats.identifier_type is 'What the address stands for';
comment on column current_node_stats.display_name is 'Name to show';
comment on column current_node_stats.gpu_type is 'Hardware type';
comment on column current_node_stats.region is 'Where it stands';
comment on column current_node_stats.status is 'As reported, or offline';
comment on column current_node_stats.reported_status is 'As the newest snapshot says; null if never seen';
comment on column current_node_stats.offline is 'The tracker reported others for three intervals without this node';
comment on column current_node_stats.stale is 'Older than the limit';
comment on column current_node_stats.earnings_day is 'GNK of the day';
comment on column current_node_stats.earnings_total is 'GNK of all days';
comment on column current_node_stats.uptime_percent is 'Of the last 24 hours';
comment on column current_node_stats.tokens_per_sec is 'Throughput';
comment on column current_node_stats.jobs_day is 'Inferences of the day';
comment on column current_node_stats.active_model is 'Model';
comment on column current_node_stats.voting_weight is 'Weight in the active set';
comment on column current_node_stats.source is 'Tracker';
comment on column current_node_stats.fetched_at is 'When the answer arrived';
comment on column current_node_stats.earnings_date is 'UTC day of earnings_day and jobs_day; null: that of fetched_at';

comment on view user_node_overview is 'Every assignment with its user and the node''s newest stats';
comment on column user_node_overview.user_id is 'The user';
comment on column user_node_overview.email is 'The user';
comment on column user_node_overview.user_name is 'The user';
comment on column user_node_overview.node_id is 'The node';
comment on column user_node_overview.identifier is 'Address on the chain';
comment on column user_node_overview.label is 'The user''s name for the node, else the node''s own';
comment on column user_node_overview.notes is 'Notes';
comment on column user_node_overview.is_active is 'Of the assignment';
comment on column user_node_overview.assigned_at is 'When';
comment on column user_node_overview.assigned_by is 'By whom';
comment on column user_node_overview.status is 'As reported, or offline';
comment on column user_node_overview.offline is 'See current_node_stats';
comment on column user_node_overview.stale is 'See current_node_stats';
comment on column user_node_overview.earnings_day is 'GNK of the day';
comment on column user_node_overview.earnings_total is 'GNK of all days';
comment on column user_node_overview.uptime_percent is 'Of the last 24 hours';
comment on column user_node_overview.active_model is 'Model';
comment on column user_node_overview.fetched_at is 'When the answer arrived';

comment on table node_stats_cache is
    'The newest stats of each node; the stats writer owns all but earnings_date, earnings_day, earnings_total and jobs_day';

do $rights$
declare
    before record;
    other record;
begin
    for before in
        select *
          from views_before
    loop
        execute format('alter view %I owner to %s', before.name, before.owner::regrole);
        for other in
            select distinct grantee::regrole::text as grantee
              from pg_class, aclexplode(relacl)
             where oid = before.name::regclass
               and grantee not in (0, relowner)
        loop
            execute format('revoke all on %I from %s', before.name, other.grantee);
        end loop;
        for other in
            select privilege_type as name,
                   case when grantee = 0 then 'public' else grantee::regrole::text end as grantee,
                   case when is_grantable then ' with grant option' else '' end as more
              from aclexplode(before.rights)
             where grantee <> before.owner
        loop
            execute format('grant %s on %I to %s%s', other.name, before.name, other.grantee, other.more);
        end loop;
    end loop;
end
$rights$;

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
    if to_regrole('gonkapulse_stats_writer') is not null then
        revoke select (node_id, date, inferences) on earnings_history from gonkapulse_stats_writer;
        revoke select (date, days) on earnings_daily from gonkapulse_stats_writer;
    end if;
end
$rights$;
