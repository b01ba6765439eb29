-- U15: the way back of V15
-- Locks: access exclusive on node_stats_cache, current_node_stats and user_node_overview, for milliseconds
-- Data: only the days that earnings_day and jobs_day are of are lost; an aggregator of before writes none
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

-- A view loses a column only by being made again; rights on both views come along.
create temporary table views_before on commit drop as
select relname as name,
       relowner as owner,
       relacl as rights
  from pg_class
 where oid in ('current_node_stats'::regclass, 'user_node_overview'::regclass);

drop view user_node_overview;
drop view current_node_stats;

alter table node_stats_cache
    drop column earnings_date;

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
       stats.fetched_at
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

comment on table node_stats_cache is 'The newest stats of each node; the stats writer owns all but earnings_day, earnings_total and jobs_day';
comment on column node_stats_cache.earnings_day is 'GNK of the UTC day of the newest snapshot';
comment on column node_stats_cache.jobs_day is 'Inferences of the UTC day';

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

    grant update (earnings_day, earnings_total, jobs_day) on node_stats_cache to gonkapulse_earnings_aggregator;
    grant select, insert, update on node_earnings to gonkapulse_earnings_aggregator;
    grant select, insert, update, delete on earnings_ledger, epoch_settlements, earnings_history, earnings_daily
        to gonkapulse_earnings_aggregator;
end
$body$;
