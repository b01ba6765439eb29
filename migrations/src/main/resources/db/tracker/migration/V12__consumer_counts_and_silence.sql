-- V12: what became of every record, counted with the position; silence of a node measured against its own partition
-- Locks: access exclusive on consumer_offsets, node_facts, nodes and current_node_stats, for milliseconds and one index
-- Way back: the view looks at the tracker's last success alone again; counts and coverage are lost
-- Lock timeout: 5s
-- Statement timeout: 5min
-- Transaction: yes

alter table consumer_offsets
    add column stored bigint not null default 0,
    add column superseded bigint not null default 0,
    add column dead_lettered bigint not null default 0;

alter table node_facts
    add column partition integer,
    add column fetched_at timestamptz,
    add column inferences bigint,
    add column tie bigint,
    add column display_name varchar(100),
    add column gpu_type varchar(50);

-- Identifiers of an adopted database may stand in upper case.
create index idx_nodes_identifier_lower on nodes (lower(identifier));

create table tracker_coverage (
    tracker varchar(64) not null,
    partition integer not null,
    success_at timestamptz,
    pending_at timestamptz not null,
    pending_offset bigint not null,
    constraint tracker_coverage_pkey primary key (tracker, partition),
    constraint chk_coverage_not_negative check (partition >= 0 and pending_offset >= 0)
) with (fillfactor = 50);

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

comment on view current_node_stats is
    'Live nodes with their newest stats. Set gonkapulse.stats_ttl (default 3 minutes) for another limit of stale';
comment on column consumer_offsets.stored is
    'Records that reached the tables; counted with a batch''s first partition, so only the sum of a topic has a meaning';
comment on column consumer_offsets.superseded is 'Records that were older than what is there, or the same; see stored';
comment on column consumer_offsets.dead_lettered is 'Records that were set aside; see stored';
comment on column node_stats_cache.fetched_at is
    'When the answer arrived here; the moment that it speaks of where it was old already';
comment on column node_facts.partition is 'Partition of the topic that the snapshot came from';
comment on column node_facts.fetched_at is 'Version, first part: fetched_at of node_stats_cache';
comment on column node_facts.observed_at is 'Version, second part: the moment that the answer speaks of';
comment on column node_facts.epoch is 'Version, third part: epoch of the snapshot';
comment on column node_facts.inferences is 'Version, fourth part: inferences so far in the epoch';
comment on column node_facts.tie is 'Version, last part: a number made of the bytes of the snapshot';
comment on column node_facts.display_name is
    'Name that the tracker last said; nodes.display_name is the operator''s if it differs';
comment on column node_facts.gpu_type is
    'Hardware that the tracker last said; nodes.gpu_type is the operator''s if it differs';
comment on index idx_nodes_identifier_lower is 'Node by identifier in any case: the writers';
comment on table tracker_coverage is
    'Successful polls of each tracker, and from which offset on a partition has all that they published';
comment on column tracker_coverage.tracker is 'Name of the tracker';
comment on column tracker_coverage.partition is 'Partition of tracker.snapshots';
comment on column tracker_coverage.success_at is
    'Begin of the newest successful poll known to be applied in this partition';
comment on column tracker_coverage.pending_at is 'Begin of a later one';
comment on column tracker_coverage.pending_offset is
    'It is applied once the position of the writer has come to this offset';
comment on index tracker_coverage_pkey is 'Coverage of a partition by a tracker: current_node_stats';

do $rights$
begin
    if to_regrole('gonkapulse_writer') is not null then
        grant select, insert, update, delete on tracker_coverage to gonkapulse_writer;
    end if;
    if to_regrole('gonkapulse_reader') is not null then
        grant select on tracker_coverage to gonkapulse_reader;
    end if;
end
$rights$;
