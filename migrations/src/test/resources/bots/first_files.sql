-- As the platform's files 001 to 003 and 006 made it: creators in JSON, total_ms, an unused table of events.
create type job_state as enum ('queued', 'running', 'succeeded', 'failed', 'canceled');
create type stage_status as enum ('start', 'succeed', 'fail');

create table jobs (
    job_id uuid primary key,
    bot_id text not null,
    state job_state not null,
    accepted_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz,
    meta jsonb,
    result jsonb,
    created_by jsonb,
    error jsonb,
    total_ms integer,
    estimate jsonb,
    capacity_snapshot jsonb,
    inserted_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create table job_stages (
    id bigserial primary key,
    job_id uuid not null references jobs on delete cascade,
    bot_id text not null,
    stage_name text not null,
    status stage_status not null,
    started_at timestamptz,
    ended_at timestamptz,
    duration_ms integer,
    meta jsonb,
    error jsonb,
    inserted_at timestamptz not null default now(),
    constraint u_job_stages_once unique (job_id, stage_name, status, started_at, ended_at)
);

create table job_events (
    id bigserial primary key,
    ts timestamptz not null,
    level text not null,
    type text not null,
    job_id uuid,
    bot_id text,
    payload jsonb not null,
    inserted_at timestamptz not null default now()
);

insert into jobs
       (job_id, bot_id, state, accepted_at, started_at, finished_at, meta, result, created_by, error, total_ms)
values ('1ab188b7-ebf2-4c99-842d-c97b2760878e', 'vault-file-upload', 'succeeded', '2025-11-28 23:42:37.377+00',
        '2025-11-28 23:42:37.387+00', '2025-11-28 23:42:37.482+00', '{"planId": 580, "filename": "Ünï \"q\".pdf"}',
        '{"ok": true}', '{"name": "Ops Admin", "role": "admin", "at": "2025-11-13T10:00:00.000Z"}', null, 105),
       ('d52c9e60-74f3-403e-9dcf-02ced3346097', 'scrape-plan', 'failed', '2025-11-28 23:42:37.383+00', null,
        '2025-11-28 23:42:37.384+00', '{}', null, '{"name": "Ann", "role": "user", "at": "yesterday"}',
        '{"name": "Canceled", "stack": null, "message": "canceled"}', 1),
       ('64d7398f-bdbd-4a55-a3fb-063edc9f4d96', 'scrape-plan', 'failed', '2025-11-28 23:42:37.382+00',
        '2025-11-28 23:42:37.387+00', '2025-11-28 23:42:37.417+00', null, null, null,
        '{"name": "TypeError", "stack": "at run.js", "message": "selector not found: #x"}', 35),
       ('22cf5740-da90-487a-a01c-fcfb1997f14b', 'update-participant', 'running', '2025-11-28 23:42:37.383+00',
        '2025-11-28 23:42:37.398+00', null, '"{\"text\":\"xxxxxxxx"', null, null, null, null),
       ('01955071-9ac2-7000-8000-0000000000d5', 'legacy', 'queued', '2025-03-01 00:00:00.002+00', null, null, null,
        null, null, null, null);

insert into job_stages (job_id, bot_id, stage_name, status, started_at, ended_at, duration_ms, meta, error)
values ('1ab188b7-ebf2-4c99-842d-c97b2760878e', 'vault-file-upload', 'login', 'start', '2025-11-28 23:42:37.388+00',
        '2025-11-28 23:42:37.388+00', null, '{"url": "https://x"}', null),
       ('1ab188b7-ebf2-4c99-842d-c97b2760878e', 'vault-file-upload', 'login', 'succeed', '2025-11-28 23:42:37.388+00',
        '2025-11-28 23:42:37.43+00', 42, '{"url": "https://x"}', null),
       ('1ab188b7-ebf2-4c99-842d-c97b2760878e', 'vault-file-upload', 'upload', 'succeed', '2025-11-28 23:42:37.43+00',
        '2025-11-28 23:42:37.482+00', 52, null, null),
       ('64d7398f-bdbd-4a55-a3fb-063edc9f4d96', 'scrape-plan', 'scrape', 'start', '2025-11-28 23:42:37.387+00', null,
        null, null, null),
       ('64d7398f-bdbd-4a55-a3fb-063edc9f4d96', 'scrape-plan', 'scrape', 'fail', '2025-11-28 23:42:37.387+00',
        '2025-11-28 23:42:37.417+00', 30, null,
        '{"name": "TypeError", "stack": "at run.js", "message": "selector not found: #x"}'),
       -- With a null the unique rule lets copies through.
       ('22cf5740-da90-487a-a01c-fcfb1997f14b', 'update-participant', 'login', 'start', '2025-11-28 23:42:37.398+00',
        null, null, '{"copy": 1}', null),
       ('22cf5740-da90-487a-a01c-fcfb1997f14b', 'update-participant', 'login', 'start', '2025-11-28 23:42:37.398+00',
        null, null, '{"copy": 2}', null),
       ('22cf5740-da90-487a-a01c-fcfb1997f14b', 'update-participant', 'login', 'start', '2025-11-28 23:42:37.398+00',
        null, null, '{"copy": 3}', null);
