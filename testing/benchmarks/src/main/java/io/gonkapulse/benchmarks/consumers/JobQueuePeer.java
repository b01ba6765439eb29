package io.gonkapulse.benchmarks.consumers;

import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.localservers.LocalDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/**
 * A peer with the table of a job queue in the database, as River has it: each transition is a statement of its own. Its
 * statements travel in batches, a thousand transitions make a transaction, and its input is in memory.
 */
final class JobQueuePeer {

    private static final int CONNECTIONS = 2;
    private static final int JOBS_PER_COMMIT = 1_000 / SyntheticJob.EVENTS;
    private static final Executor THREAD_PER_TASK = work -> new Thread(work, "job-queue").start();

    private static final String SCHEMA = """
            drop schema if exists queue_peer cascade;
            create schema queue_peer;
            create table queue_peer.jobs (
                id uuid primary key,
                state text not null,
                attempt smallint not null default 0,
                max_attempts smallint not null default 25,
                attempted_at timestamptz,
                created_at timestamptz not null,
                finalized_at timestamptz,
                scheduled_at timestamptz not null,
                priority smallint not null default 1,
                args jsonb not null,
                attempted_by text[],
                errors jsonb[],
                kind text not null,
                metadata jsonb not null default '{}',
                queue text not null default 'default',
                tags text[] not null default '{}');
            create index on queue_peer.jobs (kind);
            create index on queue_peer.jobs (state, finalized_at) where finalized_at is not null;
            create index on queue_peer.jobs (state, queue, priority, scheduled_at, id);
            create index on queue_peer.jobs using gin (args);
            create index on queue_peer.jobs using gin (metadata);
            create table queue_peer.stages (
                job_id uuid not null,
                no integer not null,
                name text not null,
                started_at timestamptz not null,
                ended_at timestamptz,
                duration_ms bigint,
                primary key (job_id, no));
            """;

    private static final String ACCEPT =
            "insert into queue_peer.jobs (id, state, created_at, scheduled_at, args, kind) values (?, 'available', ?, ?, ?::jsonb, ?)";
    private static final String START =
            "update queue_peer.jobs set state = 'running', attempt = attempt + 1, attempted_at = ?,"
                    + " attempted_by = array['worker'] where id = ? and state = 'available'";
    private static final String START_STAGE =
            "insert into queue_peer.stages (job_id, no, name, started_at) values (?, ?, ?, ?)";
    private static final String END_STAGE =
            "update queue_peer.stages set ended_at = ?, duration_ms = ? where job_id = ? and no = ?";
    private static final String END =
            "update queue_peer.jobs set state = ?, finalized_at = ? where id = ? and state = 'running'";

    private final String jdbcUrl;

    JobQueuePeer(String jdbcUrl) {
        this.jdbcUrl = jdbcUrl;
    }

    /** Returns transitions per second. */
    double run(int jobs, Instant begin) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
        } catch (SQLException e) {
            throw new IllegalStateException("Could not create the tables of the peer", e);
        }
        long started = System.nanoTime();
        CompletableFuture.allOf(IntStream.range(0, CONNECTIONS)
                        .mapToObj(
                                thread -> CompletableFuture.runAsync(() -> write(thread, jobs, begin), THREAD_PER_TASK))
                        .toArray(CompletableFuture[]::new))
                .join();
        return (double) jobs * SyntheticJob.EVENTS * 1e9 / (System.nanoTime() - started);
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, LocalDatabase.USERNAME, "");
    }

    private void write(int thread, int jobs, Instant begin) {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            for (int first = thread * JOBS_PER_COMMIT; first < jobs; first += CONNECTIONS * JOBS_PER_COMMIT) {
                List<SyntheticJob> batch = IntStream.range(first, Math.min(jobs, first + JOBS_PER_COMMIT))
                        .mapToObj(number -> new SyntheticJob(number, begin.plusMillis(number), 0))
                        .toList();
                write(connection, batch);
                connection.commit();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Could not write jobs of the peer", e);
        }
    }

    /** Every transition of the jobs, in order, so each row changes as often as in production. */
    private static void write(Connection connection, List<SyntheticJob> jobs) throws SQLException {
        try (PreparedStatement accept = connection.prepareStatement(ACCEPT);
                PreparedStatement start = connection.prepareStatement(START);
                PreparedStatement startStage = connection.prepareStatement(START_STAGE);
                PreparedStatement endStage = connection.prepareStatement(END_STAGE);
                PreparedStatement end = connection.prepareStatement(END)) {
            for (int step = 0; step < SyntheticJob.EVENTS; step++) {
                PreparedStatement statement = step == 0
                        ? accept
                        : step == 1
                                ? start
                                : step == SyntheticJob.EVENTS - 1 ? end : step % 2 == 0 ? startStage : endStage;
                for (SyntheticJob job : jobs) {
                    bind(statement, job, step);
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }
    }

    private static void bind(PreparedStatement statement, SyntheticJob job, int step) throws SQLException {
        JobEvent event = job.event(step);
        Timestamp at = Timestamp.from(event.at());
        int no = step / 2;
        if (step == 0) {
            statement.setObject(1, job.id());
            statement.setTimestamp(2, at);
            statement.setTimestamp(3, at);
            statement.setString(4, "{\"number\":" + job.number() + "}");
            statement.setString(5, job.botId());
        } else if (step == 1) {
            statement.setTimestamp(1, at);
            statement.setObject(2, job.id());
        } else if (step == SyntheticJob.EVENTS - 1) {
            statement.setString(1, job.fails() ? "discarded" : "completed");
            statement.setTimestamp(2, at);
            statement.setObject(3, job.id());
        } else if (step % 2 == 0) {
            statement.setObject(1, job.id());
            statement.setInt(2, no);
            statement.setString(3, "stage-" + no);
            statement.setTimestamp(4, at);
        } else {
            statement.setTimestamp(1, at);
            statement.setLong(2, 100);
            statement.setObject(3, job.id());
            statement.setInt(4, no);
        }
    }
}
