-- As the platform made it when it started: without a unique rule, so every stage was refused.
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
    estimate jsonb,
    capacity_snapshot jsonb
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
       (job_id, bot_id, state, accepted_at, started_at, finished_at, total_seconds, meta, result, error, stages,
        stages_list, queue_ms, run_ms, total_ms, estimate)
values ('64d7398f-bdbd-4a55-a3fb-063edc9f4d96', 'scrape-plan', 'failed', '2025-11-28 23:42:37.382+00',
        '2025-11-28 23:42:37.387+00', '2025-11-28 23:42:37.417+00', 0, '{}', null,
        '{"name": "TypeError", "stack": "at run.js", "message": "selector not found: #x"}', '{"login": 14, "scrape": 14}',
        '[{"meta": null, "name": "login", "status": "succeed", "endedAt": "2025-11-28T23:42:37.403Z",
           "startedAt": "2025-11-28T23:42:37.389Z", "durationMs": 14},
          {"meta": {"module": "basic_info"}, "name": "scrape", "status": "fail", "endedAt": "2025-11-28T23:42:37.417Z",
           "startedAt": "2025-11-28T23:42:37.403Z", "durationMs": 14, "error": {"message": "selector not found: #x"}}]',
        5, 30, 35, '{"avgDurationSeconds": 120}'),
       ('efb62473-fb51-4c6c-bab4-e76701852cd6', 'legacy', 'succeeded', '2025-11-28 23:42:37.384+00',
        '2025-11-28 23:42:37.477+00', '2025-11-28 23:42:37.478+00', 0, '{}', '{"ok": true}', null, '{}', '[]', 93, 1, 94,
        null);
