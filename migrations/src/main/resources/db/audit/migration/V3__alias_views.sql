-- V3: views under the names that older queries use
-- Locks: none
-- Way back: drops the views
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

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
