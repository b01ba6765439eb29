-- V1: jobs and their stages
-- Locks: none, the tables are new
-- Way back: drops both tables with all rows
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

create table jobs (
    job_id uuid not null,
    bot_id text not null,
    state text not null,
    accepted_at timestamptz,
    started_at timestamptz,
    finished_at timestamptz,
    meta jsonb,
    result jsonb,
    created_by jsonb,
    error_message text,
    duration_ms integer,
    constraint jobs_pkey primary key (job_id),
    constraint chk_job_state check (state in ('queued', 'running', 'succeeded', 'failed', 'canceled'))
);

create index idx_jobs_bot_state_accepted on jobs (bot_id, state, accepted_at desc);
create index idx_jobs_state on jobs (state);
create index idx_jobs_accepted_at on jobs (accepted_at desc);

create table job_stages (
    id bigint not null generated always as identity,
    job_id uuid not null,
    stage_name text not null,
    status text not null,
    started_at timestamptz,
    ended_at timestamptz,
    duration_ms integer,
    meta jsonb,
    error jsonb,
    constraint job_stages_pkey primary key (id),
    constraint fk_job_stages_job foreign key (job_id) references jobs (job_id) on delete cascade,
    constraint chk_job_stage_status check (status in ('start', 'succeed', 'fail'))
);

create index idx_job_stages_job on job_stages (job_id);
create index idx_job_stages_name on job_stages (stage_name);
