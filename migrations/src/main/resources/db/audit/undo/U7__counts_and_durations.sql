-- U7: no counts and durations of jobs
-- Locks: share row exclusive on jobs and job_stages for milliseconds, while their triggers are dropped
-- Data: counts of jobs that are stored follow from them; those of dropped days are lost
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

drop trigger trg_count_deleted_stages on job_stages;
drop trigger trg_count_updated_stages on job_stages;
drop trigger trg_count_inserted_stages on job_stages;
drop trigger trg_count_deleted_jobs on jobs;
drop trigger trg_count_updated_jobs on jobs;
drop trigger trg_count_inserted_jobs on jobs;
drop trigger trg_note_days_of_updated_jobs on jobs;
drop trigger trg_note_days_of_inserted_jobs on jobs;
drop function note_id_days();
drop function count_inserted_stages(), count_updated_stages(), count_deleted_stages();
drop function count_inserted_jobs(), count_updated_jobs(), count_deleted_jobs();
drop function delete_durations(job_durations[]), delete_counts(job_counts[]);
drop function duration_slot(bigint);
drop function partition_day(uuid);
drop function start_of_day(timestamptz);
drop function quarter_hour(timestamptz);
drop table job_durations;
drop table job_counts;
drop function sum_inserted_counts(), sum_updated_counts(), sum_deleted_counts(), empty_sums();
drop table job_sums;
drop table job_id_days;
