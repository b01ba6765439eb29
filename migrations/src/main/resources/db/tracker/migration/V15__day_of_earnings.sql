-- V15: the day that earnings_day and jobs_day are of, so that yesterday's are not shown as today's
-- Locks: access exclusive on node_stats_cache and current_node_stats, for milliseconds
-- Way back: drops the column from table and view; only the days are lost, and the aggregator knows them
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

alter table node_stats_cache
    add column earnings_date date;

create or replace view current_node_stats as
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

comment on table node_stats_cache is
    'The newest stats of each node; the stats writer owns all but earnings_date, earnings_day, earnings_total and jobs_day';
comment on column node_stats_cache.earnings_date is
    'UTC day that earnings_day and jobs_day are of; null: written by an older aggregator, then that of fetched_at';
comment on column node_stats_cache.earnings_day is 'GNK of the day earnings_date';
comment on column node_stats_cache.jobs_day is 'Inferences of the day earnings_date';
comment on column current_node_stats.earnings_date is 'UTC day of earnings_day and jobs_day; null: that of fetched_at';

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
    grant select, insert, update, delete on earnings_ledger, epoch_settlements, earnings_history, earnings_daily
        to gonkapulse_earnings_aggregator;
end
$body$;

do $rights$
begin
    if to_regrole('gonkapulse_earnings_aggregator') is not null then
        grant update (earnings_date) on node_stats_cache to gonkapulse_earnings_aggregator;
    end if;
end
$rights$;
