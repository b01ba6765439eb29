package io.gonkapulse.statswriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.testkit.junit.BlockingSession;
import io.gonkapulse.testkit.junit.DedicatedBroker;
import io.gonkapulse.testkit.junit.DedicatedDatabase;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.messages.TestMessages;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Database and broker fail under load. {@code -Dstatswriter.outage.retries=50} makes the outage longer. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WriterOutageTest {

    private static final int OUTAGE_RETRIES = Integer.getInteger("statswriter.outage.retries", 3);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int NODES = 50;

    /** Two for snapshots, one for polls. */
    private static final int CONSUMERS = 3;

    private final DedicatedBroker broker;
    private final DedicatedDatabase database;
    private final StatsWriterFixture writer;
    private final Instant start = InstantSource.system().instant();
    private long sent;

    WriterOutageTest(DedicatedBroker broker, DedicatedDatabase database) {
        this.broker = broker;
        this.database = database;
        StatsWriterFixture.createSchema(database);
        writer = new StatsWriterFixture(broker, database);
    }

    @AfterAll
    void stop() {
        writer.close();
    }

    private void send(int records) {
        for (int i = 0; i < records; i++) {
            writer.send(TestMessages.live()
                    .node(TestMessages.node((int) (sent % NODES)))
                    .at(start.plusMillis(sent))
                    .build());
            sent++;
        }
        writer.flush();
    }

    private void assertAllApplied() {
        await().atMost(TIMEOUT).until(() -> writer.hasApplied(KafkaTopic.SNAPSHOTS, sent));
        assertThat(writer.storedCounts(KafkaTopic.SNAPSHOTS).get(0)).isEqualTo(sent);
        assertThat(writer.storedCounts(KafkaTopic.SNAPSHOTS).get(1)
                        + writer.storedCounts(KafkaTopic.SNAPSHOTS).get(2))
                .isEqualTo(sent);
        assertThat(writer.storedCounts(KafkaTopic.SNAPSHOTS).get(3)).isZero();
        // A commit whose confirmation was lost is counted in the database only.
        assertThat(writer.meterCounts(KafkaTopic.SNAPSHOTS).get(0)).isLessThanOrEqualTo(sent);
        assertThat(writer.deadLetters(KafkaTopic.SNAPSHOTS)).isEmpty();
    }

    /** Members of the group; a member that rejoins gets a new id. */
    private Set<String> members() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.describeConsumerGroups(List.of("stats-writer")).all().get().values().stream()
                    .filter(group -> group.groupState() == GroupState.STABLE)
                    .flatMap(group -> group.members().stream())
                    .filter(member -> !member.assignment().topicPartitions().isEmpty())
                    .map(MemberDescription::consumerId)
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void waitsForDatabase() throws Exception {
        send(1_000);
        assertAllApplied();
        Set<String> before = await().atMost(TIMEOUT).until(this::members, members -> members.size() == CONSUMERS);

        database.stop();
        for (int retry = 0; retry < OUTAGE_RETRIES; retry++) {
            sendUntilRetried();
        }
        database.start();

        send(1_000);
        assertAllApplied();
        assertThat(members()).isEqualTo(before);
    }

    private void sendUntilRetried() {
        double retriedBefore = batchesRetried();
        await().atMost(TIMEOUT).until(() -> {
            send(20);
            return batchesRetried() > retriedBefore;
        });
    }

    /** Counts the retries of all tests so far. */
    private double batchesRetried() {
        return writer.bean(MeterRegistry.class)
                .get("gonkapulse.consumer.batches.retried")
                .tag("topic", KafkaTopic.SNAPSHOTS.name())
                .counter()
                .count();
    }

    /** Runs last, because consumers need seconds to rejoin their group afterwards. */
    @Test
    @Order(Integer.MAX_VALUE)
    void waitsForRestartedBroker() {
        send(500);
        assertAllApplied();

        broker.stop();
        broker.start();

        send(500);
        assertAllApplied();
    }

    @Test
    void retriesAfterDeadlock() throws Exception {
        send(NODES);
        assertAllApplied();
        long before = deadlocks();
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("set deadlock_timeout = '20s'");
            statement.execute(
                    "select 1 from node_facts where node_id = (select max(node_id::text)::uuid from node_facts) for update");
            send(NODES);
            await().atMost(TIMEOUT).until(new BlockingSession(database, other)::isBlocking);
            // The writer waits for the last row; locking its first one makes it the deadlock
            // victim.
            statement.execute("update node_facts set epoch = epoch");
            other.commit();
        }
        assertAllApplied();
        // The statistics are updated shortly after the transaction.
        await().atMost(TIMEOUT).until(() -> deadlocks() > before);
    }

    private long deadlocks() {
        Long seen = writer.jdbc.queryForObject(
                "select deadlocks from pg_stat_database where datname = current_database()", Long.class);
        return seen == null ? 0 : seen;
    }

    @Test
    void fullDiskDeadLettersNothing() {
        writer.jdbc.execute("""
                create function full_disk() returns trigger language plpgsql as $$
                begin
                    raise exception sqlstate '53100' using message = 'could not extend file: No space left on device';
                end
                $$
                """);
        writer.jdbc.execute("create trigger full_disk before insert on node_facts execute function full_disk()");
        double retriedBefore = batchesRetried();
        send(200);
        await().atMost(TIMEOUT).until(() -> batchesRetried() > retriedBefore + 2);

        writer.jdbc.execute("drop trigger full_disk on node_facts");
        writer.jdbc.execute("drop function full_disk");

        assertAllApplied();
    }
}
