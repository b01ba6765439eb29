-- Copies jobs and stages from the tables of a bot platform in schema public. Those are only read.
-- Lock timeout: 5s
-- Statement timeout: 60min
-- Transaction: yes

-- Zone of columns without one.
select set_config('timezone', current_setting('adopt.zone'), true);

-- Keys of events have nanoseconds since 1970 in 64 bits.
create function pg_temp.time_that_fits(written text)
returns timestamptz
language plpgsql
stable
as $body$
declare
    -- Not words such as yesterday.
    at constant timestamptz := substring(written from '^\d.*')::timestamptz;
begin
    return case when at >= '1970-01-01 00:00+00' and at < '2262-01-01 00:00+00' then at end;
exception
    when data_exception then
        return null;
end
$body$;

create function pg_temp.millis_that_fit(written text, factor integer)
returns bigint
language plpgsql
immutable
as $body$
declare
    millis constant numeric := written::numeric * factor;
begin
    return case when millis between 0 and 9007199254740991 then trunc(millis)::bigint end;
exception
    when data_exception then
        return null;
end
$body$;

-- The platform cut long values, which made texts of them, and arrays when it put texts together.
create function pg_temp.object_of(value jsonb)
returns jsonb
language sql
immutable
return case jsonb_typeof(value)
    when 'object' then nullif(value, '{}')
    when 'null' then null
    else jsonb_build_object('truncated', true, 'head', value #>> '{}')
end;

create function pg_temp.millis(length bigint)
returns interval
language sql
immutable
return length * interval '1 millisecond';

-- Read as JSON, because the columns differ.
create temporary table old_jobs on commit drop as
select job.job_id,
       coalesce(row_value ->> 'bot_id', '') as bot_id,
       row_value ->> 'state' as state,
       pg_temp.time_that_fits(row_value ->> 'accepted_at') as accepted_at,
       pg_temp.time_that_fits(row_value ->> 'started_at') as started_at,
       pg_temp.time_that_fits(row_value ->> 'finished_at') as finished_at,
       pg_temp.time_that_fits(row_value ->> 'inserted_at') as inserted_at,
       pg_temp.time_that_fits(row_value ->> 'updated_at') as updated_at,
       pg_temp.millis_that_fit(row_value ->> 'queue_ms', 1) as queue_ms,
       coalesce(
           pg_temp.millis_that_fit(row_value ->> 'run_ms', 1),
           pg_temp.millis_that_fit(row_value ->> 'duration_ms', 1),
           pg_temp.millis_that_fit(row_value ->> 'total_seconds', 1000)) as run_ms,
       pg_temp.millis_that_fit(row_value ->> 'total_ms', 1) as total_ms,
       coalesce(row_value ->> 'created_by_name', row_value -> 'created_by' ->> 'name') as created_by_name,
       coalesce(row_value ->> 'created_by_role', row_value -> 'created_by' ->> 'role') as created_by_role,
       pg_temp.time_that_fits(coalesce(row_value ->> 'created_by_at', row_value -> 'created_by' ->> 'at'))
           as created_by_at,
       pg_temp.object_of(row_value -> 'meta') as meta,
       jsonb_typeof(row_value -> 'meta') not in ('object', 'null') as meta_cut,
       pg_temp.object_of(row_value -> 'result') as result,
       row_value -> 'error' ->> 'name' as error_name,
       coalesce(
           row_value ->> 'error_message',
           row_value -> 'error' ->> 'message',
           case when jsonb_typeof(row_value -> 'error') not in ('object', 'null') then row_value ->> 'error' end)
           as error_message,
       row_value -> 'error' ->> 'stack' as error_stack,
       case when jsonb_typeof(row_value -> 'stages_list') = 'array' then row_value -> 'stages_list' else '[]' end
           as stages_list,
       row_value
  from public.jobs job
 cross join lateral to_jsonb(job) row_value;

do $states$
declare
    unknown text := (
        select string_agg(distinct coalesce(state, 'null'), ', ')
          from old_jobs
         where state is null
            or state not in ('queued', 'running', 'succeeded', 'failed', 'canceled'));
begin
    if unknown is not null then
        raise check_violation using message = format(
            'Expected the states queued, running, succeeded, failed and canceled in public.jobs, got also %s: '
            'correct these rows first', unknown);
    end if;
end
$states$;

-- A start has no end, although the platform stored one.
create temporary table old_stages on commit drop as
select stage.job_id,
       stage.id::bigint as id,
       stage.stage_name,
       stage.status::text as status,
       pg_temp.time_that_fits(row_value ->> 'started_at') as started_at,
       case when stage.status::text <> 'start' then pg_temp.time_that_fits(row_value ->> 'ended_at') end as ended_at,
       case when stage.status::text <> 'start' then pg_temp.millis_that_fit(row_value ->> 'duration_ms', 1) end
           as duration_ms,
       row_value -> 'meta' as meta,
       row_value -> 'error' as error,
       false as listed
  from public.job_stages stage
 cross join lateral to_jsonb(stage) row_value;

create index on old_stages (job_id);
analyze old_stages;

-- The tables that the platform made at run time refused every stage; the job has their list.
insert into old_stages (job_id, id, stage_name, status, started_at, ended_at, duration_ms, meta, error, listed)
select job.job_id,
       stage.position,
       coalesce(stage.value ->> 'name', ''),
       case when stage.value ->> 'status' in ('succeed', 'fail') then stage.value ->> 'status' else 'start' end,
       pg_temp.time_that_fits(stage.value ->> 'startedAt'),
       pg_temp.time_that_fits(stage.value ->> 'endedAt'),
       pg_temp.millis_that_fit(stage.value ->> 'durationMs', 1),
       stage.value -> 'meta',
       stage.value -> 'error',
       true
  from old_jobs job
 cross join lateral jsonb_array_elements(job.stages_list) with ordinality stage (value, position)
 where jsonb_typeof(stage.value) = 'object'
   and not exists (
       select
         from old_stages stored
        where stored.job_id = job.job_id);

create temporary table removed_stages (rule text, stages bigint) on commit drop;

do $remove$
declare
    removed bigint;
begin
    -- The end says all that the start says.
    delete from old_stages started
     using old_stages ended
     where started.status = 'start'
       and not started.listed
       and ended.status <> 'start'
       and ended.job_id = started.job_id
       and ended.stage_name = started.stage_name
       and ended.started_at is not distinct from started.started_at;
    get diagnostics removed = row_count;
    insert into removed_stages values ('starts with an end', removed);
    delete from old_stages repeated
     using old_stages kept
     where not repeated.listed
       and kept.job_id = repeated.job_id
       and kept.stage_name = repeated.stage_name
       and kept.status = repeated.status
       and kept.started_at is not distinct from repeated.started_at
       and kept.ended_at is not distinct from repeated.ended_at
       and kept.id < repeated.id;
    get diagnostics removed = row_count;
    insert into removed_stages values ('repeated', removed);
    delete from old_stages stage
     where not exists (
           select
             from old_jobs job
            where job.job_id = stage.job_id);
    get diagnostics removed = row_count;
    insert into removed_stages values ('without a job', removed);
end
$remove$;

-- What is stored of each job. Times first; what is counted in seconds is only used where there is nothing better.
create temporary table new_jobs on commit drop as
select job.*,
       ended.outcome,
       times.first_time,
       times.end_time,
       times.shown_accepted_at,
       ended.outcome = 'canceled' and job.started_at is null as in_queue,
       case when job.started_at is null or job.finished_at is null then job.run_ms end as elapsed_ms
  from old_jobs job
  left join lateral (
       select min(started_at) as first_start, max(ended_at) as last_end, bool_or(listed) as listed
         from old_stages stage
        where stage.job_id = job.job_id) stages on true
 cross join lateral (
       select case
                  when job.state = 'failed' and job.error_name = 'Canceled' then 'canceled'
                  when job.state in ('succeeded', 'failed', 'canceled') then job.state
              end as outcome) ended
 cross join lateral (
       select case when id_time(job.job_id) < '2262-01-01 00:00+00' then id_time(job.job_id) end as id_at) id
 cross join lateral (
       select coalesce(job.accepted_at, job.started_at - pg_temp.millis(job.queue_ms)) as shown_accepted_at) accepted
 cross join lateral (
       select accepted.shown_accepted_at,
              coalesce(
                  least(accepted.shown_accepted_at, job.started_at, job.finished_at, stages.first_start),
                  job.created_by_at, job.inserted_at, id.id_at, now()) as first_time,
              coalesce(
                  job.finished_at,
                  job.started_at + pg_temp.millis(job.run_ms),
                  job.accepted_at + pg_temp.millis(job.total_ms),
                  stages.last_end,
                  job.updated_at,
                  job.started_at,
                  job.accepted_at,
                  job.inserted_at,
                  id.id_at,
                  now()) as end_time) times;

create temporary table copied_jobs (job_id uuid primary key) on commit drop;

with copied as (
    insert into jobs (job_id, id_day, origin, bot_id, bot_key, created_by_name, created_by_role, created_by_at,
           creator_key, meta, meta_key, first_time, accepted_at, started_at, running, lease_until, lease_ms,
           stages_listed, succeeded, failed, canceled, canceled_in_queue, outcome, outcome_key, outcome_at, elapsed_ms,
           result, error_name, error_message, error_stack)
    select job.job_id,
           (id_time(job.job_id) at time zone 'UTC')::date,
           'adopted',
           job.bot_id,
           event_key(job.first_time, job.job_id),
           job.created_by_name,
           job.created_by_role,
           job.created_by_at,
           case when coalesce(job.created_by_name, job.created_by_role, job.created_by_at::text) is not null
                then event_key(job.first_time, job.job_id) end,
           job.meta,
           case when job.meta is not null then update_key(job.first_time, job.job_id) end,
           job.first_time,
           job.shown_accepted_at,
           job.started_at,
           job.started_at is not null or job.state = 'running',
           case when job.outcome is null then now() + interval '24 hours' end,
           case when job.outcome is null then 86400000 end,
           coalesce((select bool_or(listed) from old_stages stage where stage.job_id = job.job_id), false),
           case when job.outcome = 'succeeded' then claim end,
           case when job.outcome = 'failed' then claim end,
           case when job.outcome = 'canceled' and not job.in_queue then claim end,
           case when job.in_queue then claim end,
           job.outcome,
           case when job.outcome is not null
                then outcome_key(job.in_queue, job.end_time, job.outcome, job.job_id) end,
           case when job.outcome is not null then job.end_time end,
           case when job.outcome is not null then job.elapsed_ms end,
           job.result,
           job.error_name,
           job.error_message,
           job.error_stack
      from new_jobs job
     cross join lateral (
           select row(event_key(job.end_time, job.job_id), job.end_time, 'adopted')::job_claim as claim) claims
        on conflict (job_id) do nothing
    returning job_id)
insert into copied_jobs
select job_id
  from copied;

analyze copied_jobs;

insert into job_stages (job_id, attempt, stage_no, id_day, bot_id, stage_name, started_at, end_key, ended_at, status,
       reported_ms, error_name, error_message, error_stack, meta, meta_key)
select stage.job_id,
       1,
       row_number() over (
           partition by stage.job_id
           order by case when listed then id end, stage.started_at nulls last, stage.ended_at nulls last, stage.id),
       (id_time(stage.job_id) at time zone 'UTC')::date,
       job.bot_id,
       stage.stage_name,
       stage.started_at,
       case when stage.status <> 'start' then event_key(stage_end, stage.job_id) end,
       case when stage.status <> 'start' then stage_end end,
       nullif(stage.status, 'start'),
       stage.duration_ms,
       stage.error ->> 'name',
       coalesce(
           stage.error ->> 'message',
           case when jsonb_typeof(stage.error) not in ('object', 'null') then stage.error #>> '{}' end),
       stage.error ->> 'stack',
       pg_temp.object_of(stage.meta),
       case when pg_temp.object_of(stage.meta) is not null then update_key(stage_end, stage.job_id) end
  from old_stages stage
  join copied_jobs using (job_id)
  join new_jobs job using (job_id)
 cross join lateral (
       select coalesce(
                  stage.ended_at,
                  stage.started_at + pg_temp.millis(stage.duration_ms),
                  stage.started_at,
                  job.end_time) as stage_end) times;

do $report$
declare
    totals record;
    stages record;
    events bigint := 0;
begin
    select count(*) as read,
           count(copied.job_id) as copied,
           count(*) filter (where job.state = 'failed' and job.outcome = 'canceled') as canceled,
           count(*) filter (where job.state = 'queued' and job.started_at is not null) as started,
           count(*) filter (where job.outcome is null) as open,
           count(*) filter (where job.meta_cut) as cut,
           count(*) filter (
               where num_nonnulls(row_value ->> 'accepted_at', row_value ->> 'started_at', row_value ->> 'finished_at')
                     > num_nonnulls(job.accepted_at, job.started_at, job.finished_at)
                  or row_value ->> 'total_ms' is not null and job.total_ms is null
                  or row_value ->> 'queue_ms' is not null and job.queue_ms is null
                  or coalesce(row_value ->> 'run_ms', row_value ->> 'duration_ms', row_value ->> 'total_seconds')
                     is not null and job.run_ms is null) as misfits
      into totals
      from new_jobs job
      left join copied_jobs copied using (job_id);
    if totals.read <> (select count(*) from new_jobs join jobs using (job_id)) then
        raise assert_failure using message = 'A job would be lost: expected every job of public.jobs in audit.jobs';
    end if;
    select (select count(*) from old_stages where not listed)
               + (select sum(removed.stages) from removed_stages removed) as read,
           (select count(*) from old_stages join copied_jobs using (job_id)) as copied,
           (select count(*) from old_stages where listed) as listed
      into stages;
    raise notice 'Jobs: % read, % copied, % were there already', totals.read, totals.copied,
        totals.read - totals.copied;
    raise notice 'States: % failed with the error Canceled are canceled, % queued that had started are running',
        totals.canceled, totals.started;
    raise notice 'Leases: % queued and running jobs count as lost in 24 hours unless they report', totals.open;
    raise notice 'Values: % texts in the place of meta are objects now, % jobs with times or numbers that do not fit',
        totals.cut, totals.misfits;
    raise notice 'Stages: % read, % copied, % from lists of jobs without stages', stages.read, stages.copied,
        stages.listed;
    raise notice 'Stages removed: %',
        (select string_agg(removed.stages || ' ' || rule, ', ' order by rule desc) from removed_stages removed);
    if to_regclass('public.job_events') is not null then
        execute 'select count(*) from public.job_events' into events;
        raise notice 'Events: % rows of public.job_events stay there', events;
    end if;
end
$report$;
