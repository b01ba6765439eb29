package io.gonkapulse.migrations.server;

/** Jobs of the first version of the module audit: every state and kind of stage, old ids and ids of version 7. */
public final class SampleJobs {

    private SampleJobs() {}

    public static void insertInto(PostgresDatabase database) {
        database.execute("""
                set search_path = audit;
                insert into jobs
                       (job_id, bot_id, state, accepted_at, started_at, finished_at, meta, result, created_by,
                        error_message, duration_ms)
                values ('00000000-0000-4000-8000-0000000000d1', 'nightly-backup', 'succeeded',
                        '2025-03-01 01:00:00.001+00', '2025-03-01 01:00:01.5+00', '2025-03-01 01:00:04.25+00',
                        '{"size": 12, "path": "/data/ü"}', '{"files": [1, 2]}',
                        '{"name": "ops", "role": "admin", "at": "2025-03-01T01:00:00.000Z"}', null, 2750),
                       ('f0000000-0000-4000-8000-0000000000d2', 'nightly-backup', 'failed',
                        '2025-03-02 01:00:00+00', '2025-03-02 01:00:00+00', '2025-03-02 01:00:09+00',
                        '{"size": 0}', null, '{"name": "ops"}', E'disk\nfull', 9000),
                       ('01955071-9ac0-7000-8000-0000000000d3', 'price-watch', 'canceled',
                        '2025-03-01 01:00:00+00', null, '2025-03-01 01:10:00+00', null, null, null, null, null),
                       ('01955071-9ac1-7000-8000-0000000000d4', 'price-watch', 'running',
                        '2025-03-03 01:00:00+00', '2025-03-03 01:00:00.5+00', null, '{"pair": "GNK"}', null, null, null,
                        null),
                       ('01955071-9ac2-7000-8000-0000000000d5', 'report-mailer', 'queued',
                        '2025-03-03 02:00:00+00', null, null, null, null, '{"name": "Ann", "role": "user"}', null, null);

                insert into job_stages (job_id, stage_name, status, started_at, ended_at, duration_ms, meta, error)
                values ('00000000-0000-4000-8000-0000000000d1', 'dump', 'succeed', '2025-03-01 01:00:01.5+00',
                        '2025-03-01 01:00:03+00', 1500, '{"tables": 4}', null),
                       ('00000000-0000-4000-8000-0000000000d1', 'upload', 'succeed', '2025-03-01 01:00:03+00',
                        '2025-03-01 01:00:04.25+00', 1250, null, null),
                       ('f0000000-0000-4000-8000-0000000000d2', 'dump', 'fail', '2025-03-02 01:00:00+00',
                        '2025-03-02 01:00:09+00', 9000, null,
                        '{"name": "IoError", "message": "disk full", "stack": "at dump"}'),
                       ('01955071-9ac1-7000-8000-0000000000d4', 'fetch', 'start', '2025-03-03 01:00:00.5+00', null, null,
                        null, null);
                """);
    }
}
