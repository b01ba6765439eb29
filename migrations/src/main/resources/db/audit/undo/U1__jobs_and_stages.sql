-- U1: drops jobs and their stages
-- Locks: access exclusive on both tables
-- Data: all jobs and stages are lost
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

drop table job_stages;
drop table jobs;
