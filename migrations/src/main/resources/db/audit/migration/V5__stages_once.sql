-- V5: each stage of a job once
-- Locks: share row exclusive on job_stages while repeated rows are deleted and the index is built
-- Way back: repeated rows are allowed again; the deleted ones do not return
-- Lock timeout: 5s
-- Statement timeout: 30min
-- Transaction: yes

lock table job_stages in share row exclusive mode;

-- The start of a stage that has ended says nothing more than its end.
delete from job_stages started
 using job_stages ended
 where started.status = 'start'
   and ended.status <> 'start'
   and ended.job_id = started.job_id
   and ended.stage_name = started.stage_name
   and ended.started_at is not distinct from started.started_at;

-- Of equal rows the one with the smallest id stays.
delete from job_stages repeated
 using job_stages kept
 where kept.job_id = repeated.job_id
   and kept.stage_name = repeated.stage_name
   and kept.started_at is not distinct from repeated.started_at
   and kept.id < repeated.id;

alter table job_stages
    add constraint uq_job_stages_once unique nulls not distinct (job_id, stage_name, started_at);
