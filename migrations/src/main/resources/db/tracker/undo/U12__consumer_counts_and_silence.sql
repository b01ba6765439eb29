-- U12: the way back of V12
-- Locks: access exclusive on consumer_offsets, node_facts, nodes and current_node_stats, for milliseconds
-- Data: the counts of records and the coverage are lost; positions, stats and facts stay
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

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
       stats.fetched_at
  from nodes node
  left join node_stats_cache stats on stats.node_id = node.id
  left join trackers tracker on tracker.name = stats.source
 cross join lateral (
       select case
                  when stats.node_id is not null then coalesce(
                      tracker.last_success_at
                          > stats.fetched_at + 3 * tracker.interval_ms * interval '1 millisecond',
                      false)
              end as offline) silence
 where node.deleted_at is null;

drop table tracker_coverage;
drop index idx_nodes_identifier_lower;

alter table node_facts
    drop column partition,
    drop column fetched_at,
    drop column inferences,
    drop column tie,
    drop column display_name,
    drop column gpu_type;

alter table consumer_offsets
    drop column stored,
    drop column superseded,
    drop column dead_lettered;

comment on column node_stats_cache.fetched_at is 'When the answer arrived here';
comment on column node_facts.observed_at is 'Version: the moment that the answer speaks of';
comment on column node_facts.epoch is 'Epoch of the snapshot';
