-- As the platform's files 004 and 005 made it: creators in columns, seconds and milliseconds, no unique rule.
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
    total_ms integer
);

create table job_stages (
    id bigserial primary key,
    job_id uuid not null references jobs on delete cascade,
    stage_name text not null,
    status text not null check (status in ('start', 'succeed', 'fail')),
    started_at timestamptz not null,
    ended_at timestamptz,
    duration_ms integer,
    meta jsonb,
    error jsonb
);

insert into jobs
       (job_id, bot_id, state, accepted_at, started_at, finished_at, total_seconds, created_by_name, created_by_role,
        created_by_at, meta, result, error, queue_ms, run_ms, total_ms)
values ('1ab188b7-ebf2-4c99-842d-c97b2760878e', 'vault-file-upload', 'succeeded', '2025-11-28 23:42:37.377+00',
        '2025-11-28 23:42:37.387+00', '2025-11-28 23:42:38.987+00', 2, 'Ops Admin', 'admin',
        '2025-11-13 10:00:00+00', '["{cut", {"planId": 580}]', '{"ok": true}', null, 10, 1600, 1610),
       -- Only seconds: the row of a version that stored no times.
       ('64d7398f-bdbd-4a55-a3fb-063edc9f4d96', 'scrape-plan', 'succeeded', null, null, null, 3000000, null, null,
        null, null, null, null, null, null, null),
       -- Milliseconds and one time.
       ('22cf5740-da90-487a-a01c-fcfb1997f14b', 'update-participant', 'failed', null, '2025-11-28 23:42:37.398+00',
        null, 2, null, 'user', null, null, null, '"plain text"', 15, 1700, null),
       ('d52c9e60-74f3-403e-9dcf-02ced3346097', 'scrape-plan', 'failed', '2025-11-28 23:42:37.383+00',
        '2025-11-28 23:42:37.384+00', '2025-11-28 23:42:37.39+00', 0, null, null, null, null, null,
        '{"name": "Canceled", "message": "canceled"}', 1, 6, 7),
       -- A repeated event put it back into the queue.
       ('57b8e48a-12b4-4c54-9fb1-188abea99b14', 'blocker', 'queued', '2025-11-28 23:42:37.383+00',
        '2025-11-28 23:42:37.416+00', null, null, null, null, null, null, null, null, null, null, null),
       -- Nothing but the state; times and numbers that do not fit.
       ('633abfb6-2aa1-400d-8e54-c39311747878', 'blocker', 'canceled', null, null, null, null, null, null, null, null,
        null, null, null, null, null),
       ('efb62473-fb51-4c6c-bab4-e76701852cd6', 'legacy', 'succeeded', '2025-11-28 23:42:37.384+00', '-infinity',
        '20000-01-01 00:00+00', -5, null, null, null, null, null, null, -7, -8, null);

insert into job_stages (job_id, stage_name, status, started_at, ended_at, duration_ms)
values ('1ab188b7-ebf2-4c99-842d-c97b2760878e', 'login', 'succeed', '2025-11-28 23:42:37.388+00',
        '2025-11-28 23:42:37.388+00', 0),
       -- Another stage of this name in the same millisecond, stored twice.
       ('1ab188b7-ebf2-4c99-842d-c97b2760878e', 'login', 'succeed', '2025-11-28 23:42:37.388+00',
        '2025-11-28 23:42:37.4+00', 12),
       ('1ab188b7-ebf2-4c99-842d-c97b2760878e', 'login', 'succeed', '2025-11-28 23:42:37.388+00',
        '2025-11-28 23:42:37.4+00', 12);
