-- Deletes the jobs that an adoption copied, and their stages.
-- Lock timeout: 5s
-- Statement timeout: 60min
-- Transaction: yes

do $delete$
declare
    deleted_stages bigint;
    deleted_jobs bigint;
begin
    delete from job_stages stage
     using jobs job
     where job.job_id = stage.job_id
       and job.origin = 'adopted';
    get diagnostics deleted_stages = row_count;
    delete from jobs
     where origin = 'adopted';
    get diagnostics deleted_jobs = row_count;
    raise notice 'Deleted: % adopted jobs and % stages', deleted_jobs, deleted_stages;
end
$delete$;
