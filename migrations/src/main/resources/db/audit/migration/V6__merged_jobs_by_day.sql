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

-- Milliseconds between two times of different clocks, never negative.
create function elapsed_millis(since timestamptz, until timestamptz)
returns bigint
language sql
immutable
parallel safe
return greatest(0, floor(extract(epoch from until - since) * 1000)::bigint);

-- What one reporter said about the end of an attempt. Compared by the key.
create type job_claim as (
    key bytea,
    at timestamptz,
    source text
);

create table jobs (
    job_id uuid not null,
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
        purged_at is null and outcome is null and coalesce(lost_until >= lease_until, false)) stored,
    state text generated always as (
        case
            when purged_at is not null then null
            when outcome is not null then outcome
            when lost_until >= lease_until then 'failed'
            when running then 'running'
            else 'queued'
        end) stored,
    finished_at timestamptz generated always as (
        case when outcome is not null then outcome_at when lost_until >= lease_until then lost_until end) stored,
    conflicting boolean not null generated always as (
        (succeeded is not null)::integer + (failed is not null)::integer
            + (canceled is not null or canceled_in_queue is not null)::integer > 1) stored,
    queue_ms bigint generated always as (
        elapsed_millis(accepted_at, coalesce(
            started_at,
            case when outcome is not null then outcome_at when lost_until >= lease_until then lost_until end))) stored,
    run_ms bigint generated always as (
        case
            when outcome is not null then coalesce(elapsed_ms, elapsed_millis(started_at, outcome_at))
            when lost_until >= lease_until then elapsed_millis(started_at, lost_until)
        end) stored,
    duration_source text generated always as (
        case
            when outcome is not null and elapsed_ms is not null then 'monotonic'
            when outcome is not null and outcome_at < started_at then 'clamped'
            when outcome is not null and started_at is not null then 'clock'
            when outcome is null and lost_until >= lease_until and started_at is not null then 'lease'
        end) stored,
    constraint jobs_pkey primary key (job_id),
    constraint chk_job_origin check (origin in ('reported', 'adopted')),
    constraint chk_job_shard check (shard between 0 and 3),
    constraint chk_job_attempt check (attempt between 1 and 1000),
    constraint chk_job_outcome check (outcome in ('succeeded', 'failed', 'canceled')),
    constraint chk_job_outcome_complete check ((outcome is null) = (outcome_key is null)),
    constraint chk_job_elapsed_not_negative check (elapsed_ms >= 0)
) partition by range (job_id);

create index idx_jobs_bot_state_accepted on jobs (bot_id, state, accepted_at desc);
create index idx_jobs_first_time on jobs (first_time desc, job_id);
create index idx_jobs_state_first_time on jobs (state, first_time desc);
create index idx_jobs_creator on jobs (created_by_name, first_time desc) where created_by_name is not null;
create index idx_jobs_parent on jobs (parent_id) where parent_id is not null;
create index idx_jobs_open_leases on jobs (lease_until) where state = 'running';

create table job_stages (
    job_id uuid not null,
    attempt integer not null,
    stage_no integer not null,
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
-- exceptions, which the default partition takes.
create table jobs_other_ids_low partition of jobs
    for values from (minvalue) to ('01800000-0000-0000-0000-000000000000');
create table jobs_other_ids_high partition of jobs
    for values from ('03bb2cc3-d800-0000-0000-000000000000') to (maxvalue);
create table jobs_default partition of jobs default;
create table job_stages_other_ids_low partition of job_stages
    for values from (minvalue) to ('01800000-0000-0000-0000-000000000000');
create table job_stages_other_ids_high partition of job_stages
    for values from ('03bb2cc3-d800-0000-0000-000000000000') to (maxvalue);
create table job_stages_default partition of job_stages default;

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

-- Creates the days from the one before to seven after a time, and drops the days that ended before the retention.
-- Services call it without the right to alter tables.
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
    keep_from constant date := (at - retention)::date;
    name text;
    suffix text;
    day date;
begin
    if retention < interval '1 day' then
        raise invalid_parameter_value using message = format('Expected a retention of at least 1 day, got %s', retention);
    end if;
    -- One caller at a time.
    perform from job_retention for update;
    foreach name in array array['jobs', 'job_stages'] loop
        for day in select generate_series(greatest(today - 1, keep_from), today + 7, interval '1 day')::date loop
            suffix := to_char(day, '_YYYYMMDD');
            continue when to_regclass(name || suffix) is not null;
            execute format('create table %I (like %I including all)', name || suffix, name);
            execute format(
                'with moved as (delete from %2$I where job_id >= %4$L and job_id < %5$L returning *) '
                'insert into %1$I (%3$s) select %3$s from moved',
                name || suffix, name || '_default', plain_columns(name::regclass), first_id(day), first_id(day + 1));
            execute format(
                'alter table %I attach partition %I for values from (%L) to (%L)',
                name, name || suffix, first_id(day), first_id(day + 1));
            return next 'created ' || name || suffix;
        end loop;
    end loop;
    for suffix in
        select right(child.relname, 9)
          from pg_inherits
          join pg_class child on child.oid = inhrelid
         where inhparent = 'jobs'::regclass
           and child.relname ~ '^jobs_[0-9]{8}$'
           and to_date(right(child.relname, 8), 'YYYYMMDD') < keep_from
         order by 1
    loop
        -- Open jobs outlive their day.
        execute format('create temporary table open_jobs on commit drop as select * from %I where finished_at is null',
            'jobs' || suffix);
        execute format('create temporary table open_stages on commit drop as '
            'select stage.* from %I stage join open_jobs using (job_id)', 'job_stages' || suffix);
        execute format('drop table %I, %I', 'job_stages' || suffix, 'jobs' || suffix);
        execute format('insert into jobs_default (%1$s) select %1$s from open_jobs', plain_columns('jobs'::regclass));
        execute format('insert into job_stages_default (%1$s) select %1$s from open_stages',
            plain_columns('job_stages'::regclass));
        drop table open_jobs, open_stages;
        return next 'dropped jobs' || suffix;
    end loop;
    update job_retention
       set dropped_before = greatest(dropped_before, keep_from::timestamptz);
end
$body$;

revoke execute on function roll_partitions(timestamptz, interval) from public;
