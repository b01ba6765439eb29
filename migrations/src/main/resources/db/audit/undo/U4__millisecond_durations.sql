-- U4: durations in integer milliseconds again, without the time in the queue and in total
-- Locks: access exclusive on jobs and job_stages while their rows are rewritten (seconds per million rows)
-- Data: a duration over 24.8 days becomes the largest integer; queue_ms and total_ms follow from the times;
--     durations that V4 computed stay
-- Lock timeout: 5s
-- Statement timeout: 30min
-- Transaction: yes

drop view v_job_last_stage;
drop view v_job_stages;
drop view job_stage_summary;
drop view recent_jobs;

alter table job_stages
    drop constraint chk_stage_duration_not_negative,
    alter column duration_ms type integer
        using case when duration_ms > 2147483647 then 2147483647 else duration_ms end::integer;

alter table jobs
    drop constraint chk_job_durations_not_negative,
    drop column total_ms,
    drop column queue_ms,
    alter column duration_ms type integer
        using case when duration_ms > 2147483647 then 2147483647 else duration_ms end::integer;

create view recent_jobs as
select newest.*,
       round(extract(epoch from newest.finished_at - newest.started_at), 3) as duration_seconds,
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
