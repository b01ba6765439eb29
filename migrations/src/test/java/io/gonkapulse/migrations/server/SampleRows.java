package io.gonkapulse.migrations.server;

/** Edge-case rows of V1: both users, inactive and unlabelled nodes, longest labels, processors of every kind. */
public final class SampleRows {

    private SampleRows() {}

    public static void insertInto(PostgresDatabase database) {
        database.execute("""
                insert into users (id, email, password, name, provider, google_id)
                values ('00000000-0000-4000-8000-00000000000a', 'Alice@Example.com', 'hash', 'Alice', 'local', null),
                       ('00000000-0000-4000-8000-00000000000b', 'bob@example.com', null, null, 'google', 'g-1');

                insert into user_nodes
                       (id, user_id, node_address, label, gpu_type, gcore_instance_id, notes, is_active, created_at, updated_at)
                values ('00000000-0000-4000-8000-0000000000a1', '00000000-0000-4000-8000-00000000000a',
                        'gonka1aaa', repeat('ü', 255), 'H100', 'instance-1', E'two\\nlines', true,
                        '2025-01-02 03:04:05.678901+00', '2025-02-03 04:05:06+00'),
                       ('00000000-0000-4000-8000-0000000000a2', '00000000-0000-4000-8000-00000000000a',
                        'gonkavaloper1bbb', null, null, null, null, false, '2025-01-03+00', '2025-01-03+00'),
                       ('00000000-0000-4000-8000-0000000000b1', '00000000-0000-4000-8000-00000000000b',
                        'gonkavalcons1ccc', '', 'A100', null, '', true, '2025-01-04+00', '2025-01-05+00'),
                       ('00000000-0000-4000-8000-0000000000b2', '00000000-0000-4000-8000-00000000000b',
                        'Node with spaces', 'Rack 7', null, 'instance-2', 'note', false, '2025-01-06+00', '2025-01-07+00');

                insert into node_requests (id, user_id, gpu_type, status, processed_by, processed_at)
                values ('00000000-0000-4000-8000-0000000000c1', '00000000-0000-4000-8000-00000000000a', 'H100', 'approved',
                        ' ALICE@example.com ', '2025-03-01+00'),
                       ('00000000-0000-4000-8000-0000000000c2', '00000000-0000-4000-8000-00000000000b', 'A100', 'rejected',
                        '00000000-0000-4000-8000-00000000000B', '2025-03-02+00'),
                       ('00000000-0000-4000-8000-0000000000c3', '00000000-0000-4000-8000-00000000000b', 'H200', 'completed',
                        'the night shift', '2025-03-03+00'),
                       ('00000000-0000-4000-8000-0000000000c4', '00000000-0000-4000-8000-00000000000b', 'H200', 'pending',
                        null, null);
                """);
    }

    /** A node that exists before its assignment, with part of its data. */
    public static void insertKnownNode(PostgresDatabase database) {
        database.execute("""
                insert into nodes (id, identifier, identifier_type, display_name, gpu_type, region)
                values ('00000000-0000-4000-8000-0000000000d1', 'gonka1aaa', 'wallet', null, 'H200', 'Tokyo');
                insert into earnings_history (node_id, date, earnings_gnk, source)
                values ('00000000-0000-4000-8000-0000000000d1', '2025-01-01', 12.34567891, 'tracker');
                """);
    }
}
