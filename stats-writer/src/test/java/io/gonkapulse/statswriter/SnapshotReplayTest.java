package io.gonkapulse.statswriter;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.statswriter.snapshot.SnapshotReplayRunner;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.TestMessages;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** No container redelivers a batch of a replay, so the replay itself must survive transient failures. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnapshotReplayTest {

    private static final Executor A_THREAD = work -> new Thread(work, "replay-test").start();
    private static final Duration LONG = Duration.ofSeconds(60);

    private final TestDatabase database;
    private final StatsWriterFixture writer;
    private final Instant now = InstantSource.system().instant();

    SnapshotReplayTest(TestBroker broker, TestDatabase database) {
        this.database = database;
        StatsWriterFixture.createSchema(database);
        broker.createTopic(KafkaTopic.SNAPSHOTS.name(), KafkaTopic.SNAPSHOTS.partitions());
        writer = new StatsWriterFixture(broker, database, "--spring.kafka.listener.auto-startup=false");
    }

    @AfterAll
    void stop() {
        writer.close();
    }

    @Test
    void usesNodeCreatedByLiveWriter() throws Exception {
        NodeIdentifier node = TestMessages.node(1);
        send(node, now);
        try (Connection live = database.dataSource().getConnection()) {
            live.setAutoCommit(false);
            try (PreparedStatement make =
                    live.prepareStatement("insert into nodes (identifier, identifier_type) values (?, 'wallet')")) {
                make.setString(1, node.value());
                make.executeUpdate();
            }
            CompletableFuture<SnapshotReplayRunner.SnapshotReplayReport> replay = replay();
            awaitSessionBlockedBy(live);

            live.commit();

            assertThat(replay.get(LONG.toSeconds(), SECONDS).invalid()).isZero();
        }
        assertThat(statuses(node)).containsExactly("healthy");
    }

    @Test
    void reconnectsAfterTerminatedSession() throws Exception {
        NodeIdentifier node = TestMessages.node(2);
        send(node, now);
        replay().get(LONG.toSeconds(), SECONDS);
        writer.jdbc.update("update node_stats_cache set status = 'unknown'");
        send(node, now.plusSeconds(1));
        try (Connection other = database.dataSource().getConnection()) {
            other.setAutoCommit(false);
            try (PreparedStatement lock = other.prepareStatement("select 1 from node_facts for update")) {
                lock.execute();
            }
            CompletableFuture<SnapshotReplayRunner.SnapshotReplayReport> replay = replay();
            awaitSessionBlockedBy(other);

            assertThat(writer.jdbc.queryForList(
                            "select pg_terminate_backend(pid) from pg_stat_activity where ? = any"
                                    + " (pg_blocking_pids(pid))",
                            Boolean.class,
                            pid(other)))
                    .containsExactly(true);
            other.rollback();

            assertThat(replay.get(LONG.toSeconds(), SECONDS).invalid()).isZero();
        }
        assertThat(statuses(node)).containsExactly("healthy");
    }

    private void send(NodeIdentifier node, Instant at) {
        writer.send(TestMessages.live().node(node).at(at).build());
        writer.flush();
    }

    private CompletableFuture<SnapshotReplayRunner.SnapshotReplayReport> replay() {
        return CompletableFuture.supplyAsync(
                () -> writer.bean(SnapshotReplayRunner.class).run(Optional.empty(), progress -> {}), A_THREAD);
    }

    private void awaitSessionBlockedBy(Connection session) throws SQLException {
        int pid = pid(session);
        await().atMost(LONG)
                .until(() -> !writer.jdbc
                        .queryForList("select pid from pg_stat_activity where ? = any (pg_blocking_pids(pid))", pid)
                        .isEmpty());
    }

    private static int pid(Connection session) throws SQLException {
        try (PreparedStatement ask = session.prepareStatement("select pg_backend_pid()")) {
            ResultSet rows = ask.executeQuery();
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }

    private List<String> statuses(NodeIdentifier node) {
        return writer.jdbc.queryForList(
                "select status from current_node_stats where identifier = ?", String.class, node.value());
    }
}
