-- V4: durations in milliseconds that fit any job, also the time in the queue and in total
-- Locks: access exclusive on jobs and job_stages while their rows are rewritten (seconds per million rows)
-- Way back: integer milliseconds again; a duration over 24.8 days becomes the largest integer
-- Lock timeout: 5s
-- Statement timeout: 30min
-- Transaction: yes

-- A column of a view cannot change its type.
drop view recent_jobs;
drop view job_stage_summary;
drop view v_job_stages;
drop view v_job_last_stage;

alter table jobs
    alter column duration_ms type bigint,
    add column queue_ms bigint,
    add column total_ms bigint,
    add constraint chk_job_durations_not_negative check (duration_ms >= 0 and queue_ms >= 0 and total_ms >= 0);

alter table job_stages
    alter column duration_ms type bigint,
    add constraint chk_stage_duration_not_negative check (duration_ms >= 0);

update jobs
   set duration_ms = coalesce(duration_ms,
           case when finished_at < started_at then 0
               else floor(extract(epoch from finished_at - started_at) * 1000)::bigint end),
       queue_ms = case when started_at < accepted_at then 0
                      else floor(extract(epoch from started_at - accepted_at) * 1000)::bigint end,
       total_ms = case when finished_at < accepted_at then 0
                      else floor(extract(epoch from finished_at - accepted_at) * 1000)::bigint end;

update job_stages
   set duration_ms = case when ended_at < started_at then 0
                         else floor(extract(epoch from ended_at - started_at) * 1000)::bigint end
 where duration_ms is null;

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
