-- U5: a stage of a job may be stored repeatedly again
-- Locks: access exclusive on job_stages, for milliseconds
-- Data: repeated rows that V5 deleted do not return
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

alter table job_stages
    drop constraint uq_job_stages_once;
