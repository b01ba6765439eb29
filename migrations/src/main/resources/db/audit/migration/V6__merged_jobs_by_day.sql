-- V6: jobs and stages as merged from events, whatever the order of the events, a partition for each day
-- Locks: access exclusive on jobs and job_stages while their rows are copied (seconds per million rows)
-- Way back: the columns of V5 get the shown values; what only events can say is lost
-- Lock timeout: 5s
-- Statement timeout: 30min
-- Transaction: yes

drop view v_job_events;
drop view v_job_last_stage;
drop view v_job_stages;
drop view v_jobs_summary;
drop view job_stage_summary;
drop view recent_jobs;
drop view job_metrics_by_bot;

alter table job_stages drop constraint fk_job_stages_job;
alter table jobs rename to jobs_before_events;
alter index jobs_pkey rename to jobs_before_events_pkey;
alter table job_stages rename to job_stages_before_events;
alter index job_stages_pkey rename to job_stages_before_events_pkey;
drop index idx_jobs_bot_state_accepted;
drop index idx_jobs_state;
drop index idx_jobs_accepted_at;
drop index idx_job_stages_job;
drop index idx_job_stages_name;

-- The place of an event in the order of its job: nanoseconds since 1970, then the id of the event.
create function event_key(at timestamptz, event_id uuid)
returns bytea
language sql
immutable
parallel safe
return int8send(floor(extract(epoch from at) * 1000000)::bigint * 1000) || uuid_send(event_id);

-- A time that somebody wrote as text, null if it is none.
create function time_or_null(written text)
returns timestamptz
language plpgsql
stable
parallel safe
set timezone = 'UTC'
as $body$
begin
    return written::timestamptz;
exception
    when data_exception then
        return null;
end
$body$;

-- Milliseconds between two times of different clocks, never negative, null if one is unknown.
create function elapsed_millis(since timestamptz, until timestamptz)
returns bigint
language sql
immutable
parallel safe
return case
    -- Twice as fast as with extract, which is numeric; exact up to decades.
    when until >= since then round(date_part('epoch', until - since) * 1000000)::bigint / 1000
    when until < since then 0
end;

-- The place of a value that replaces an older one as a whole: by time, then by the number and the run of the producer,
-- which adopted rows do not have.
create function update_key(at timestamptz, event_id uuid)
returns bytea
language sql
immutable
parallel safe
return substring(event_key(at, event_id) from 1 for 8) || int8send(0) || '\x00'::bytea || uuid_send(event_id);

-- The place of an outcome among those of an attempt: the executor before the queue, the earlier one, succeeded before
-- failed before canceled, the smaller id.
create function outcome_key(by_queue boolean, at timestamptz, outcome text, event_id uuid)
returns bytea
language sql
immutable
parallel safe
return case when by_queue then '\x01'::bytea else '\x00'::bytea end
    || substring(event_key(at, event_id) from 1 for 8)
    || case outcome when 'succeeded' then '\x00'::bytea when 'failed' then '\x01'::bytea else '\x02'::bytea end
    || uuid_send(event_id);

-- What one reporter said about the end of an attempt. Compared by the key.
create type job_claim as (
    key bytea,
    at timestamptz,
    source text
);

create table jobs (
    job_id uuid not null,
    id_day date,
    origin text not null default 'reported',
    shard smallint not null default 0,
    bot_id text,
    bot_key bytea,
    bots_differ boolean not null default false,
    created_by_name text,
    created_by_role text,
    created_by_at timestamptz,
    creator_key bytea,
    parent_id uuid,
    parent_key bytea,
    trace text,
    trace_key bytea,
    cancel_requested_at timestamptz,
    cancel_requested_by text,
    cancel_key bytea,
    meta jsonb,
    meta_key bytea,
    progress jsonb,
    progress_key bytea,
    first_time timestamptz,
    accepted_at timestamptz,
    attempt integer not null default 1,
    started_at timestamptz,
    running boolean not null default false,
    lease_until timestamptz,
    lease_ms bigint,
    stages_listed boolean not null default false,
    succeeded job_claim,
    failed job_claim,
    canceled job_claim,
    canceled_in_queue job_claim,
    lost_until timestamptz,
    outcome text,
    outcome_key bytea,
    outcome_at timestamptz,
    elapsed_ms bigint,
    result jsonb,
    error_name text,
    error_message text,
    error_stack text,
    purged_at timestamptz,
    lost boolean not null generated always as (
        purged_at is null
        and outcome is null
        and coalesce(lost_until >= coalesce(lease_until, '-infinity'), false)) stored,
    state text generated always as (
        case
            when purged_at is not null then null
            when outcome is not null then outcome
            when lost_until >= coalesce(lease_until, '-infinity') then 'failed'
            when running then 'running'
            else 'queued'
        end) stored,
    finished_at timestamptz generated always as (
        case
            when outcome is not null then outcome_at
            when lost_until >= coalesce(lease_until, '-infinity') then lost_until
        end) stored,
    conflicting boolean not null generated always as (
        (succeeded is not null)::integer + (failed is not null)::integer
            + (canceled is not null or canceled_in_queue is not null)::integer > 1) stored,
    queue_ms bigint generated always as (
        elapsed_millis(accepted_at, coalesce(
            started_at,
            case
                when outcome is not null then outcome_at
                when lost_until >= coalesce(lease_until, '-infinity') then lost_until
            end))) stored,
    run_ms bigint generated always as (
        case
            when outcome is not null then coalesce(elapsed_ms, elapsed_millis(started_at, outcome_at))
            when lost_until >= coalesce(lease_until, '-infinity') then elapsed_millis(started_at, lost_until)
        end) stored,
    lease_bucket timestamptz generated always as (
        date_bin(interval '5 minutes', lease_until, timestamptz 'epoch')) stored,
    duration_source text generated always as (
        case
            when outcome is not null and elapsed_ms is not null then 'monotonic'
            when outcome is not null and outcome_at < started_at then 'clamped'
            when outcome is not null and started_at is not null then 'clock'
            when outcome is null and started_at is not null and lost_until >= coalesce(lease_until, '-infinity')
                then 'lease'
        end) stored,
    constraint jobs_pkey primary key (job_id),
    constraint chk_job_origin check (origin in ('reported', 'adopted')),
    constraint chk_job_shard check (shard between 0 and 15),
    constraint chk_job_attempt check (attempt between 1 and 1000),
    constraint chk_job_outcome check (outcome in ('succeeded', 'failed', 'canceled')),
    constraint chk_job_outcome_complete check ((outcome is null) = (outcome_key is null)),
    constraint chk_job_elapsed_not_negative check (elapsed_ms >= 0),
    constraint chk_job_time_unless_purged check (first_time is not null or purged_at is not null)
) partition by range (job_id);

-- Their order differs from that of idx_jobs_first_time only in the place of null, which no listed job has. So the
-- planner cannot read that index instead, which for a rare bot or state would be to its end.
create index idx_jobs_bot_state_first_time on jobs (bot_id, state, first_time desc nulls last, job_id);
create index idx_jobs_state_first_time on jobs (state, first_time desc nulls last, job_id);
create index idx_jobs_creator_state_first_time on jobs (created_by_name, state, first_time desc nulls last, job_id)
    where created_by_name is not null;
create index idx_jobs_first_time on jobs (first_time desc, job_id);
create index idx_jobs_parent on jobs (parent_id, first_time desc, job_id) where parent_id is not null;
-- Not by the lease itself, because every heartbeat extends it: an update that changes no indexed column writes no index.
create index idx_jobs_open_leases on jobs (lease_bucket, job_id)
    where lease_bucket is not null and finished_at is null;
create index idx_jobs_irregular on jobs (first_time desc, job_id)
    where lost or conflicting or bots_differ or duration_source = 'clamped';
create index idx_jobs_purged on jobs (job_id) where purged_at is not null;

create table job_stages (
    job_id uuid not null,
    attempt integer not null,
    stage_no integer not null,
    id_day date,
    shard smallint not null default 0,
    bot_id text not null default '',
    stage_name text not null,
    started_at timestamptz,
    end_key bytea,
    ended_at timestamptz,
    status text,
    reported_ms bigint,
    error_name text,
    error_message text,
    error_stack text,
    meta jsonb,
    meta_key bytea,
    duration_ms bigint generated always as (coalesce(reported_ms, elapsed_millis(started_at, ended_at))) stored,
    constraint job_stages_pkey primary key (job_id, attempt, stage_no),
    constraint chk_job_stage_status check (status in ('succeed', 'fail')),
    constraint chk_job_stage_end_complete check ((status is null) = (end_key is null)),
    constraint chk_job_stage_duration_not_negative check (reported_ms >= 0)
) partition by range (job_id);

-- Ids of version 7 begin with their time. Random ids fall below the first day or above the last one, with few
-- exceptions, which the default partition takes. A fifth of each page is free for the updates of open jobs.
create table jobs_other_ids_low partition of jobs
    for values from (minvalue) to ('01800000-0000-0000-0000-000000000000') with (fillfactor = 80);
create table jobs_other_ids_high partition of jobs
    for values from ('03bb2cc3-d800-0000-0000-000000000000') to (maxvalue) with (fillfactor = 80);
create table jobs_default partition of jobs default with (fillfactor = 80);
create table job_stages_other_ids_low partition of job_stages
    for values from (minvalue) to ('01800000-0000-0000-0000-000000000000') with (fillfactor = 80);
create table job_stages_other_ids_high partition of job_stages
    for values from ('03bb2cc3-d800-0000-0000-000000000000') to (maxvalue) with (fillfactor = 80);
create table job_stages_default partition of job_stages default with (fillfactor = 80);

-- The time in an id of version 7, null for other ids.
create function id_time(id uuid)
returns timestamptz
language sql
immutable
parallel safe
return case
    when substring(uuid_send(id) from 7 for 1) >= '\x70' and substring(uuid_send(id) from 7 for 1) < '\x80'
        then timestamptz 'epoch' + make_interval(secs =>
            ('x0000' || encode(substring(uuid_send(id) from 1 for 6), 'hex'))::bit(64)::bigint / 1000.0)
end;

-- The first id of a time.
create function first_id(at timestamptz)
returns uuid
language sql
immutable
parallel safe
return (lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;

create table job_retention (
    only_row boolean not null default true,
    dropped_before timestamptz not null default '-infinity',
    constraint job_retention_pkey primary key (only_row),
    constraint chk_only_row check (only_row)
);

insert into job_retention default values;

-- The columns that a row is copied with; generated ones follow from them.
create function plain_columns(table_name regclass)
returns text
language sql
stable
return (
    select string_agg(quote_ident(attname), ', ' order by attnum)
      from pg_attribute
     where attrelid = table_name
       and attnum > 0
       and not attisdropped
       and attgenerated = '');

-- Takes the rows of a day out of the default partition, adds the day, and puts them in.
create function add_day(table_name text, day date)
returns void
language plpgsql
set search_path = audit, pg_temp
as $body$
declare
    partition_name constant text := table_name || to_char(day, '_YYYYMMDD');
begin
    execute format('create table %I (like %I including all) with (fillfactor = 80)', partition_name, table_name);
    execute format(
        'with moved as (delete from %2$I where job_id >= %4$L and job_id < %5$L returning *) '
        'insert into %1$I (%3$s) select %3$s from moved',
        partition_name, table_name || '_default', plain_columns(table_name::regclass),
        first_id(day::timestamp at time zone 'UTC'), first_id((day + 1)::timestamp at time zone 'UTC'));
    execute format(
        'alter table %I attach partition %I for values from (%L) to (%L)',
        table_name, partition_name,
        first_id(day::timestamp at time zone 'UTC'), first_id((day + 1)::timestamp at time zone 'UTC'));
end
$body$;

-- Drops a day. Open jobs outlive it in the default partition, and so do jobs whose id is no time. No consumer writes
-- meanwhile; the parents are locked first, as by readers.
create function drop_day(suffix text)
returns void
language plpgsql
set search_path = audit, pg_temp
as $body$
begin
    execute format(
        'create temporary table kept_jobs on commit drop as '
        'select * from %I where (finished_at is null and purged_at is null) or id_day is null',
        'jobs' || suffix);
    execute format(
        'create temporary table kept_stages on commit drop as '
        'select stage.* from %I stage join kept_jobs using (job_id)',
        'job_stages' || suffix);
    lock table only jobs, only job_stages in access exclusive mode;
    execute format('drop table %I, %I', 'job_stages' || suffix, 'jobs' || suffix);
    execute format('insert into jobs_default (%1$s) select %1$s from kept_jobs', plain_columns('jobs'::regclass));
    execute format('insert into job_stages_default (%1$s) select %1$s from kept_stages',
        plain_columns('job_stages'::regclass));
    drop table kept_jobs, kept_stages;
end
$body$;

-- Adds the days from the one before to seven after a time, and those of which the default partitions have rows; drops
-- the days that ended before the retention, up to one that a reader holds. Services call it without the right to alter
-- tables.
create function roll_partitions(at timestamptz, retention interval)
returns setof text
language plpgsql
security definer
set search_path = audit, pg_temp
set lock_timeout = '2s'
set timezone = 'UTC'
as $body$
declare
    today constant date := at::date;
    keep_from date := (at - retention)::date;
    table_name text;
    suffix text;
    day date;
begin
    if retention is null or retention < interval '1 day' then
        raise invalid_parameter_value using
            message = format('Expected a retention of at least 1 day, got %s', retention);
    end if;
    if at is null or at > now() + interval '1 day' then
        raise invalid_parameter_value using
            message = format('Expected a time up to a day from now, got %s: check the clock of the caller', at);
    end if;
    -- One caller at a time, and no batch that has just read how far days are dropped.
    perform pg_advisory_xact_lock(7320519823364110);
    for day in
        select generate_series(greatest(today - 1, keep_from), today + 7, interval '1 day')::date
         union
        select id_time(job_id)::date
          from (select job_id from jobs_default union all select job_id from job_stages_default) ids
         where id_time(job_id) >= keep_from
           and id_time(job_id) < today + 8
         order by 1
    loop
        suffix := to_char(day, '_YYYYMMDD');
        foreach table_name in array array['jobs', 'job_stages'] loop
            continue when to_regclass(table_name || suffix) is not null;
            perform add_day(table_name, day);
            return next 'created ' || table_name || suffix;
        end loop;
    end loop;
    for day in
        select to_date(right(child.relname, 8), 'YYYYMMDD')
          from pg_inherits
          join pg_class child on child.oid = inhrelid
         where inhparent = 'jobs'::regclass
           and child.relname ~ '^jobs_[0-9]{8}$'
           and to_date(right(child.relname, 8), 'YYYYMMDD') < keep_from
         order by 1
    loop
        begin
            perform drop_day(to_char(day, '_YYYYMMDD'));
            return next 'dropped jobs' || to_char(day, '_YYYYMMDD');
        exception
            when lock_not_available or deadlock_detected then
                keep_from := day;
                return next 'in use jobs' || to_char(day, '_YYYYMMDD');
                exit;
        end;
    end loop;
    update job_retention
       set dropped_before = greatest(dropped_before, keep_from::timestamptz);
end
$body$;

-- Deletes finished jobs that no day holds, and their stages. The sums of deleted rows stay, as those of dropped days.
create function delete_other_ids(before timestamptz, max_rows integer)
returns bigint
language plpgsql
security definer
set search_path = audit, pg_temp
as $body$
declare
    suffix text;
    ids uuid[];
    deleted bigint := 0;
    expired_before constant timestamptz := least(before, (select dropped_before from job_retention));
begin
    foreach suffix in array array['_other_ids_low', '_other_ids_high', '_default'] loop
        execute format(
            'with deleted as ('
            'delete from %1$I where job_id in ('
            'select job_id from %1$I where first_time < $1 and (finished_at is not null or purged_at is not null) '
            'order by first_time limit $2) returning job_id) select array_agg(job_id) from deleted', 'jobs' || suffix)
           into ids
          using expired_before, max_rows;
        execute format('delete from %I where job_id = any ($1)', 'job_stages' || suffix) using ids;
        deleted := deleted + coalesce(cardinality(ids), 0);
    end loop;
    return deleted;
end
$body$;

revoke execute on function roll_partitions(timestamptz, interval) from public;
revoke execute on function delete_other_ids(timestamptz, integer) from public;
revoke execute on function add_day(text, date) from public;
revoke execute on function drop_day(text) from public;

comment on table jobs is 'Jobs as merged from their events, partitioned by the day of their id';
comment on column jobs.job_id is 'Id of the job, the key of its events';
comment on column jobs.id_day is 'UTC day of an id of version 7; null for other ids';
comment on column jobs.origin is 'reported by events, or adopted from an older database';
comment on column jobs.shard is 'Group of partitions of the events: consumers count into rows of their own';
comment on column jobs.bot_id is 'The kind of the job';
comment on column jobs.bot_key is 'Place of the event that reported bot_id; the smallest one counts';
comment on column jobs.bots_differ is 'Events of this job name different bots';
comment on column jobs.created_by_name is 'Who asked for the job';
comment on column jobs.created_by_role is 'Role of who asked for the job';
comment on column jobs.created_by_at is 'When the job was asked for, as its creator says';
comment on column jobs.creator_key is 'Place of the event that reported the creator; the smallest one counts';
comment on column jobs.parent_id is 'The job that asked for this one';
comment on column jobs.parent_key is 'Place of the event that reported parent_id; the smallest one counts';
comment on column jobs.trace is 'W3C traceparent of the job';
comment on column jobs.trace_key is 'Place of the event that reported trace; the smallest one counts';
comment on column jobs.cancel_requested_at is 'When somebody asked to cancel the job';
comment on column jobs.cancel_requested_by is 'Who asked to cancel the job';
comment on column jobs.cancel_key is 'Place of the event that reported the cancel request; the smallest one counts';
comment on column jobs.meta is 'What the job is about, a JSON object';
comment on column jobs.meta_key is 'Place of the event that reported meta; the largest one counts';
comment on column jobs.progress is 'How far the job is, a JSON object';
comment on column jobs.progress_key is 'Place of the event that reported progress; the largest one counts';
comment on column jobs.first_time is 'Smallest of all times of the job';
comment on column jobs.accepted_at is 'When the job was accepted, the smallest time reported';
comment on column jobs.attempt is 'Newest attempt; all columns of a run belong to it';
comment on column jobs.started_at is 'When the attempt started, the smallest time reported';
comment on column jobs.running is 'An event of the attempt says that it runs';
comment on column jobs.lease_until is 'Until when the attempt counts as running without another event';
comment on column jobs.lease_ms is 'Length of the lease that ends at lease_until';
comment on column jobs.stages_listed is 'The attempt reported a complete list of its stages';
comment on column jobs.succeeded is 'First report of the executor that the attempt succeeded';
comment on column jobs.failed is 'First report of the executor that the attempt failed';
comment on column jobs.canceled is 'First report of the executor that the attempt was canceled';
comment on column jobs.canceled_in_queue is 'First report of the queue that the attempt was canceled';
comment on column jobs.lost_until is 'Largest end of a lease that the recorder saw missed; newer leases revoke it';
comment on column jobs.outcome is 'How the attempt ended, as its deciding report says';
comment on column jobs.outcome_key is 'Place of the deciding report; the smallest one counts';
comment on column jobs.outcome_at is 'Time of the deciding report';
comment on column jobs.elapsed_ms is 'Milliseconds of the run by the producer''s monotonic clock';
comment on column jobs.result is 'What the job produced, a JSON object';
comment on column jobs.error_name is 'Kind of the error';
comment on column jobs.error_message is 'What failed';
comment on column jobs.error_stack is 'Where it failed';
comment on column jobs.purged_at is 'When an operator deleted the job; all else is null then';
comment on column jobs.lost is 'The lease was missed and nothing was reported since';
comment on column jobs.state is 'queued, running, succeeded, failed or canceled; null if purged';
comment on column jobs.finished_at is 'Time of the outcome, or the end of the missed lease';
comment on column jobs.conflicting is 'The reports of the attempt name different outcomes';
comment on column jobs.queue_ms is 'Milliseconds from accepted to started, never negative';
comment on column jobs.run_ms is 'Milliseconds from started to finished, never negative';
comment on column jobs.lease_bucket is 'lease_until rounded down to 5 minutes';
comment on column jobs.duration_source is 'What run_ms is from: monotonic, clock, clamped (clock went back) or lease';
comment on index jobs_pkey is 'Finds a job';
comment on index idx_jobs_bot_state_first_time is 'Lists the jobs of a bot in a state, newest first';
comment on index idx_jobs_first_time is 'Lists the newest jobs';
comment on index idx_jobs_state_first_time is 'Lists the newest jobs in a state';
comment on index idx_jobs_creator_state_first_time is 'Lists the jobs of a creator in a state, newest first';
comment on index idx_jobs_parent is 'Lists the newest jobs of a job';
comment on index idx_jobs_open_leases is 'Finds open jobs whose lease has ended';
comment on index idx_jobs_irregular is 'Finds the newest jobs that are lost, conflicting or measured by a wrong clock';
comment on index idx_jobs_purged is 'Finds the purged jobs of a batch';
comment on index job_stages_pkey is 'Finds the stages of a job';
comment on index job_retention_pkey is 'One row';

comment on table job_stages is 'Stages of jobs as merged from their events, in the same partitions as the jobs';
comment on column job_stages.job_id is 'The job';
comment on column job_stages.attempt is 'The attempt of the job';
comment on column job_stages.stage_no is 'Position from 1 on; above 1000 a hash of a stage without a number';
comment on column job_stages.id_day is 'UTC day of the job''s id, if it has version 7';
comment on column job_stages.shard is 'Group of partitions of the events';
comment on column job_stages.bot_id is 'The kind of the job, as the events of the stage say';
comment on column job_stages.stage_name is 'Name of the stage';
comment on column job_stages.started_at is 'When the stage started, the smallest time reported';
comment on column job_stages.end_key is 'Place of the event that ended the stage; the smallest one counts';
comment on column job_stages.ended_at is 'When the stage ended';
comment on column job_stages.status is 'succeed or fail; null without an end';
comment on column job_stages.reported_ms is 'Milliseconds by the producer''s monotonic clock';
comment on column job_stages.error_name is 'Kind of the error';
comment on column job_stages.error_message is 'What failed';
comment on column job_stages.error_stack is 'Where it failed';
comment on column job_stages.meta is 'What the stage is about, a JSON object';
comment on column job_stages.meta_key is 'Place of the event that reported meta; the largest one counts';
comment on column job_stages.duration_ms is 'Milliseconds as reported, else between start and end';

comment on table job_retention is 'How far days are dropped';
comment on column job_retention.only_row is 'Always true';
comment on column job_retention.dropped_before is 'Events of ids before this time are not stored again';

comment on function event_key(timestamptz, uuid) is 'Place of an event among those of its job';
comment on function update_key(timestamptz, uuid) is 'Place of a value that replaces an older one';
comment on function outcome_key(boolean, timestamptz, text, uuid) is 'Place of an outcome among those of an attempt';
comment on function time_or_null(text) is 'A time written as text, null if it is none';
comment on function elapsed_millis(timestamptz, timestamptz) is 'Milliseconds between two times, never negative';
comment on function id_time(uuid) is 'Time in an id of version 7';
comment on function first_id(timestamptz) is 'Smallest id of a time';
comment on function plain_columns(regclass) is 'Columns of a table that are not generated';
comment on function add_day(text, date) is 'Adds the partition of a day';
comment on function drop_day(text) is 'Drops the partitions of a day';
comment on function roll_partitions(timestamptz, interval) is 'Adds the days to come and drops expired ones';
comment on function delete_other_ids(timestamptz, integer) is 'Deletes expired jobs that no day holds';
comment on type job_claim is 'What one reporter says about the end of an attempt';

-- Rows that no event reported. Later events merge with them as with any other row.
insert into jobs (job_id, id_day, origin, bot_id, bot_key, created_by_name, created_by_role, created_by_at,
       creator_key, meta, meta_key, first_time, accepted_at, started_at, running, lease_until, lease_ms,
       succeeded, failed, canceled,
       outcome, outcome_key, outcome_at, elapsed_ms, result, error_message)
select job.job_id,
       (id_time(job.job_id) at time zone 'UTC')::date,
       'adopted',
       job.bot_id,
       event_key(times.first_time, job.job_id),
       job.created_by ->> 'name',
       job.created_by ->> 'role',
       time_or_null(job.created_by ->> 'at'),
       case when job.created_by is not null then event_key(times.first_time, job.job_id) end,
       job.meta,
       case when job.meta is not null then update_key(times.first_time, job.job_id) end,
       times.first_time,
       job.accepted_at,
       job.started_at,
       job.started_at is not null or job.state = 'running',
       case when not times.ended then now() + interval '24 hours' end,
       case when not times.ended then 86400000 end,
       case when job.state = 'succeeded' then times.claim end,
       case when job.state = 'failed' then times.claim end,
       case when job.state = 'canceled' then times.claim end,
       case when times.ended then job.state end,
       case when times.ended then outcome_key(false, times.end_time, job.state, job.job_id) end,
       case when times.ended then times.end_time end,
       case when times.ended then job.duration_ms end,
       job.result,
       job.error_message
  from jobs_before_events job
 cross join lateral (
       select ends.*,
              row(event_key(ends.end_time, job.job_id), ends.end_time, 'adopted')::job_claim as claim
         from (
               select coalesce(least(accepted_at, started_at, finished_at), id_time(job_id), now()) as first_time,
                      coalesce(finished_at, started_at, accepted_at, id_time(job_id), now()) as end_time,
                      state in ('succeeded', 'failed', 'canceled') as ended) ends) times;

insert into job_stages (job_id, attempt, stage_no, id_day, bot_id, stage_name, started_at, end_key, ended_at, status,
       reported_ms, error_name, error_message, error_stack, meta, meta_key)
select stage.job_id,
       1,
       row_number() over (partition by stage.job_id order by stage.started_at nulls last, stage.ended_at, stage.id),
       (id_time(stage.job_id) at time zone 'UTC')::date,
       job.bot_id,
       stage.stage_name,
       stage.started_at,
       case when stage.status <> 'start'
            then event_key(coalesce(stage.ended_at, stage.started_at, now()), stage.job_id) end,
       case when stage.status <> 'start' then coalesce(stage.ended_at, stage.started_at, now()) end,
       nullif(stage.status, 'start'),
       case when stage.status <> 'start' then stage.duration_ms end,
       stage.error ->> 'name',
       stage.error ->> 'message',
       stage.error ->> 'stack',
       stage.meta,
       case when stage.meta is not null
            then update_key(coalesce(stage.ended_at, stage.started_at, now()), stage.job_id) end
  from job_stages_before_events stage
  join jobs job using (job_id);

drop table job_stages_before_events;
drop table jobs_before_events;
