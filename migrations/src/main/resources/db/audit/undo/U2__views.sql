-- U2: drops the views of jobs
-- Locks: access exclusive on the views
-- Data: none is lost, views have no rows of their own
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

drop view job_stage_summary;
drop view recent_jobs;
drop view job_metrics_by_bot;
