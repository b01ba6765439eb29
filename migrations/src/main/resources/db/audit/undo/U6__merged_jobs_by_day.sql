-- U6: one row for each job and stage again, as V5 had them
-- Locks: access exclusive on jobs and job_stages while their rows are copied (seconds per million rows)
-- Data: jobs keep what is shown of them, stages of newest attempts get new ids; lost are purged jobs, older claims,
--     leases, progress, parents, traces, and the names and stacks of the jobs' errors
-- Lock timeout: 5s
-- Statement timeout: 30min
-- Transaction: yes

create temporary table shown_jobs on commit drop as
select job_id,
       coalesce(bot_id, '') as bot_id,
       state,
       accepted_at,
       started_at,
       finished_at,
       meta,
       result,
       case
           when creator_key is not null then jsonb_strip_nulls(jsonb_build_object(
               'name', created_by_name,
               'role', created_by_role,
               'at', regexp_replace(
                   to_char(created_by_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '000Z$', 'Z')))
       end as created_by,
       error_message,
       run_ms as duration_ms,
       elapsed_millis(accepted_at, started_at) as queue_ms,
       elapsed_millis(accepted_at, finished_at) as total_ms,
       attempt,
       stages_listed
  from jobs
 where purged_at is null;

-- V5 allows one stage of a name and start.
create temporary table shown_stages on commit drop as
select distinct on (stage.job_id, stage.stage_name, stage.started_at) stage.*
  from job_stages stage
  join shown_jobs job using (job_id, attempt)
 where stage.stage_no <= 1000
    or not job.stages_listed
 order by stage.job_id, stage.stage_name, stage.started_at, stage.stage_no;

drop table job_stages;
drop table jobs;
drop table job_retention;
drop type job_claim;
drop function delete_other_ids(timestamptz, integer);
drop function roll_partitions(timestamptz, interval);
drop function drop_day(text);
drop function add_day(text, date);
drop function plain_columns(regclass);
drop function first_id(timestamptz);
drop function id_time(uuid);
drop function outcome_key(boolean, timestamptz, text, uuid);
drop function update_key(timestamptz, uuid);
drop function time_or_null(text);
drop function elapsed_millis(timestamptz, timestamptz);
drop function event_key(timestamptz, uuid);

create table jobs (
    job_id uuid not null,
    bot_id text not null,
    state text not null,
    accepted_at timestamptz,
    started_at timestamptz,
    finished_at timestamptz,
    meta jsonb,
    result jsonb,
    created_by jsonb,
    error_message text,
    duration_ms bigint,
    queue_ms bigint,
    total_ms bigint,
    constraint jobs_pkey primary key (job_id),
    constraint chk_job_durations_not_negative check (duration_ms >= 0 and queue_ms >= 0 and total_ms >= 0),
    constraint chk_job_state check (state in ('queued', 'running', 'succeeded', 'failed', 'canceled'))
);

create table job_stages (
    id bigint not null generated always as identity,
    job_id uuid not null,
    stage_name text not null,
    status text not null,
    started_at timestamptz,
    ended_at timestamptz,
    duration_ms bigint,
    meta jsonb,
    error jsonb,
    constraint job_stages_pkey primary key (id),
    constraint uq_job_stages_once unique nulls not distinct (job_id, stage_name, started_at),
    constraint chk_stage_duration_not_negative check (duration_ms >= 0),
    constraint fk_job_stages_job foreign key (job_id) references jobs (job_id) on delete cascade,
    constraint chk_job_stage_status check (status in ('start', 'succeed', 'fail'))
);

insert into jobs (job_id, bot_id, state, accepted_at, started_at, finished_at, meta, result, created_by,
       error_message, duration_ms, queue_ms, total_ms)
select job_id, bot_id, state, accepted_at, started_at, finished_at, meta, result, created_by,
       error_message, duration_ms, queue_ms, total_ms
  from shown_jobs;

insert into job_stages (job_id, stage_name, status, started_at, ended_at, duration_ms, meta, error)
select job_id,
       stage_name,
       coalesce(status, 'start'),
       started_at,
       ended_at,
       duration_ms,
       meta,
       nullif(
           jsonb_strip_nulls(jsonb_build_object('name', error_name, 'message', error_message, 'stack', error_stack)),
           '{}')
  from shown_stages
 order by coalesce(started_at, ended_at), job_id, stage_no;

create index idx_jobs_bot_state_accepted on jobs (bot_id, state, accepted_at desc);
create index idx_jobs_state on jobs (state);
create index idx_jobs_accepted_at on jobs (accepted_at desc);

create index idx_job_stages_job on job_stages (job_id);
create index idx_job_stages_name on job_stages (stage_name);

create view job_metrics_by_bot as
select bot_id,
       count(*) as total_jobs,
       count(*) filter (where state = 'succeeded') as succeeded_jobs,
       count(*) filter (where state = 'failed') as failed_jobs,
       round(avg(extract(epoch from finished_at - started_at)) filter (where finished_at >= started_at), 3)
           as avg_duration_seconds,
       round(100.0 * count(*) filter (where state = 'succeeded')
           / nullif(count(*) filter (where state in ('succeeded', 'failed', 'canceled')), 0), 2) as success_rate
  from jobs
 group by bot_id;

create view recent_jobs as
select newest.*,
       round(newest.duration_ms / 1000.0, 3) as duration_seconds,
       (select count(*) from job_stages stage where stage.job_id = newest.job_id) as stage_count
  from (
        select *
          from jobs
         order by accepted_at desc nulls last, job_id
         limit 100) newest;

create view job_stage_summary as
select stage_name,
       count(*) as total_stages,
       count(*) filter (where status = 'succeed') as succeeded_stages,
       count(*) filter (where status = 'fail') as failed_stages,
       round(avg(duration_ms), 1) as avg_duration_ms
  from job_stages
 group by stage_name;

create view v_job_stages as
select id,
       job_id,
       stage_name as stage,
       status,
       started_at,
       ended_at,
       duration_ms,
       meta,
       error
  from job_stages;

create view v_job_last_stage as
select distinct on (job_id)
       job_id,
       stage_name as stage,
       status,
       started_at,
       ended_at,
       duration_ms
  from job_stages
 order by job_id, started_at desc nulls last, id desc;

create view v_jobs_summary as
select job_id,
       bot_id as bot,
       state,
       accepted_at,
       started_at,
       finished_at,
       round(extract(epoch from finished_at - started_at), 3) as total_seconds,
       created_by ->> 'name' as created_by_name,
       error_message
  from jobs;

-- The events that the rows stand for: nothing has ever stored them one by one.
create view v_job_events as
select accepted_at as ts,
       'job.accepted' as type,
       job_id,
       bot_id as bot,
       null::text as stage
  from jobs
 where accepted_at is not null
 union all
select started_at, 'job.started', job_id, bot_id, null
  from jobs
 where started_at is not null
 union all
select finished_at, 'job.' || state, job_id, bot_id, null
  from jobs
 where finished_at is not null
 union all
select coalesce(stage.ended_at, stage.started_at), 'stage.' || stage.status, job.job_id, job.bot_id, stage.stage_name
  from job_stages stage
  join jobs job using (job_id);
