-- Columns of several files, some times without a zone, and stages whose job was deleted by hand.
create table jobs (
    job_id uuid primary key,
    bot_id text not null,
    state text not null check (state in ('queued', 'running', 'succeeded', 'failed', 'canceled')),
    accepted_at timestamptz,
    started_at timestamptz,
    finished_at timestamptz,
    total_seconds integer,
    created_by_name text,
    created_by_role text,
    created_by_at timestamptz,
    meta jsonb,
    result jsonb,
    error jsonb,
    stages jsonb,
    stages_list jsonb,
    queue_ms integer,
    run_ms integer,
    total_ms integer,
    created_by jsonb,
    error_message text,
    inserted_at timestamp
);

create table job_stages (
    id serial primary key,
    job_id uuid,
    stage_name varchar,
    status varchar,
    started_at timestamp,
    ended_at timestamp,
    duration_ms integer,
    meta jsonb,
    error jsonb
);

insert into jobs (job_id, bot_id, state, accepted_at, created_by_name, created_by, error, error_message, inserted_at)
values ('64d7398f-bdbd-4a55-a3fb-063edc9f4d96', 'scrape-plan', 'failed', null, null,
        '{"name": "Ann", "role": "user"}', null, 'disk full', '2025-11-28 18:42:37.5'),
       ('efb62473-fb51-4c6c-bab4-e76701852cd6', 'legacy', 'canceled', '2025-11-28 23:42:37.384+00', 'Bob',
        '{"name": "Ann", "role": "admin"}', null, null, null);

insert into job_stages (job_id, stage_name, status, started_at, ended_at, duration_ms)
values ('64d7398f-bdbd-4a55-a3fb-063edc9f4d96', 'scrape', 'fail', '2025-11-28 18:42:30', '2025-11-28 18:42:37.25', 7250),
       ('ffffffff-0000-4000-8000-000000000001', 'gone', 'succeed', '2025-11-28 18:42:30', '2025-11-28 18:42:31', 1000);
