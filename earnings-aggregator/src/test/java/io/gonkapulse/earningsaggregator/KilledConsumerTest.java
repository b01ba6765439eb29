package io.gonkapulse.earningsaggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.earningsaggregator.fixtures.EarningsDatabase;
import io.gonkapulse.earningsaggregator.fixtures.EarningsScenario;
import io.gonkapulse.earningsaggregator.fixtures.TestSnapshotPublisher;
import io.gonkapulse.testkit.junit.DedicatedBroker;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.process.ProgramProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} at random moments under load. {@code -Dearnings.kills=100} runs more of them. A killed member stays in
 * its group for a while, so the broker is not shared.
 */
@RealInfrastructure
@Tag("process")
class KilledConsumerTest {

    private static final int KILLS = Integer.getInteger("earnings.kills", 6);
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private final Random random = new Random(17);

    @Test
    void keepsHistoryExactAfterKills(DedicatedBroker broker, TestDatabase server) throws Exception {
        EarningsScenario scenario = EarningsScenario.of(12, 10 + 2 * KILLS, 14);
        EarningsDatabase database = EarningsDatabase.migrated(server);
        broker.createTopic(KafkaTopic.SNAPSHOTS.name(), 12);
        List<Snapshot> snapshots = new ArrayList<>(scenario.snapshots());
        Collections.shuffle(snapshots, random);
        int killedAtWork = 0;
        try (TestSnapshotPublisher topics = new TestSnapshotPublisher(broker.bootstrapServers())) {
            for (int kill = 0; kill < KILLS; kill++) {
                int from = (int) ((long) snapshots.size() * kill / KILLS);
                int to = (int) ((long) snapshots.size() * (kill + 1) / KILLS);
                topics.publish(snapshots.subList(from, to));
                runAndKill(broker, server, database, to);
                killedAtWork += database.appliedRecords() < to ? 1 : 0;
            }
        }
        assertThat(killedAtWork).isPositive();
        finish(broker, server, database, snapshots.size());

        assertThat(database.days()).isEqualTo(EarningsDatabase.days(scenario.truth()));
        assertThat(database.nodesWithWrongTotals()).isEmpty();
        assertThat(counts(database))
                .containsEntry("applied", (long) snapshots.size())
                .containsEntry("dead_lettered", 0L);
    }

    /** Kills the consumer after a random one of the published records. */
    private void runAndKill(DedicatedBroker broker, TestDatabase server, EarningsDatabase database, int published) {
        long before = database.appliedRecords();
        long last = before + random.nextInt((int) Math.max(1, published - before));
        try (ProgramProcess consumer = start(broker, server)) {
            await().pollInterval(Duration.ofMillis(2)).atMost(TIMEOUT).until(() -> database.appliedRecords() >= last);
            assertThat(consumer.isAlive()).isTrue();
            // Records show as applied at a commit, but the kill must also come within a transaction.
            await().atMost(ONE_MINUTE)
                    .pollDelay(Duration.ofMillis(random.nextInt(40)))
                    .until(() -> true);
            consumer.kill();
        }
    }

    private static void finish(DedicatedBroker broker, TestDatabase server, EarningsDatabase database, int records) {
        try (ProgramProcess consumer = start(broker, server)) {
            await().atMost(TIMEOUT).until(() -> database.appliedRecords() == records);
            consumer.kill();
        }
    }

    private static ProgramProcess start(DedicatedBroker broker, TestDatabase server) {
        return KillableConsumerMain.start(
                broker.bootstrapServers(),
                server.jdbcUrl(),
                server.withRole(EarningsDatabase.GROUP).username());
    }

    private static Map<String, Object> counts(EarningsDatabase database) {
        return database.jdbc().queryForMap("""
                select sum(stored + superseded)::bigint as applied, sum(dead_lettered)::bigint as dead_lettered
                  from consumer_offsets
                """);
    }
}
