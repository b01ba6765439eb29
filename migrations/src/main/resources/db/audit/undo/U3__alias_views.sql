-- U3: drops the views under the names that older queries use
-- Locks: access exclusive on the views
-- Data: none is lost, views have no rows of their own
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

drop view v_job_events;
drop view v_job_last_stage;
drop view v_job_stages;
drop view v_jobs_summary;
