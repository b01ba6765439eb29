package io.gonkapulse.statswriter;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.statswriter.snapshot.SnapshotReplayRunner;
import io.gonkapulse.testkit.junit.BlockingSession;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.TestMessages;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
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

    private static final Executor THREAD_PER_TASK = work -> new Thread(work, "replay-test").start();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

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
            try (PreparedStatement insert =
                    live.prepareStatement("insert into nodes (identifier, identifier_type) values (?, 'wallet')")) {
                insert.setString(1, node.value());
                insert.executeUpdate();
            }
            CompletableFuture<SnapshotReplayRunner.SnapshotReplayReport> replay = replay();
            await().atMost(TIMEOUT).until(new BlockingSession(database, live)::isBlocking);

            live.commit();

            assertThat(replay.get(TIMEOUT.toSeconds(), SECONDS).invalid()).isZero();
        }
        assertThat(statuses(node)).containsExactly("healthy");
    }

    @Test
    void reconnectsAfterTerminatedSession() throws Exception {
        NodeIdentifier node = TestMessages.node(2);
        send(node, now);
        replay().get(TIMEOUT.toSeconds(), SECONDS);
        writer.jdbc.update("update node_stats_cache set status = 'unknown'");
        send(node, now.plusSeconds(1));
        try (Connection other = database.dataSource().getConnection()) {
            other.setAutoCommit(false);
            try (PreparedStatement lock = other.prepareStatement("select 1 from node_facts for update")) {
                lock.execute();
            }
            CompletableFuture<SnapshotReplayRunner.SnapshotReplayReport> replay = replay();
            BlockingSession session = new BlockingSession(database, other);
            await().atMost(TIMEOUT).until(session::isBlocking);

            assertThat(session.terminateBlocked()).isEqualTo(1);
            other.rollback();

            assertThat(replay.get(TIMEOUT.toSeconds(), SECONDS).invalid()).isZero();
        }
        assertThat(statuses(node)).containsExactly("healthy");
    }

    @Test
    void fillsWeightOfPastDays() throws Exception {
        NodeIdentifier node = TestMessages.node(3);
        LocalDate yesterday = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(1);
        Instant noon = yesterday.atTime(12, 0).toInstant(ZoneOffset.UTC);
        for (long weight : List.of(30L, 50L, 40L)) {
            writer.send(TestMessages.live()
                    .node(node)
                    .epoch(7)
                    .at(noon.plusSeconds(weight))
                    .weight(weight)
                    .build());
        }
        writer.send(TestMessages.live().node(node).epoch(8).at(now).weight(20L).build());
        writer.flush();

        replay().get(TIMEOUT.toSeconds(), SECONDS);

        assertThat(writer.jdbc.queryForList("""
                        select day || ' ' || epoch || ' ' || weight
                          from node_daily
                          join nodes on id = node_id
                         where identifier = ?
                         order by day
                        """, String.class, node.value()))
                .containsExactly(yesterday + " 7 50", yesterday.plusDays(1) + " 8 20");
    }

    private void send(NodeIdentifier node, Instant at) {
        writer.send(TestMessages.live().node(node).at(at).build());
        writer.flush();
    }

    private CompletableFuture<SnapshotReplayRunner.SnapshotReplayReport> replay() {
        return CompletableFuture.supplyAsync(
                () -> writer.bean(SnapshotReplayRunner.class).run(Optional.empty(), progress -> {}), THREAD_PER_TASK);
    }

    private List<String> statuses(NodeIdentifier node) {
        return writer.jdbc.queryForList(
                "select status from current_node_stats where identifier = ?", String.class, node.value());
    }
}
