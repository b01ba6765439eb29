-- V2: views of jobs: by bot, the newest, and stages by name
-- Locks: none
-- Way back: drops the views
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

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
