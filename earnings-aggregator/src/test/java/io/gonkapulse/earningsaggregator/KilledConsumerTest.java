package io.gonkapulse.earningsaggregator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.earningsaggregator.fixtures.EarningsDatabase;
import io.gonkapulse.earningsaggregator.fixtures.EarningsScenario;
import io.gonkapulse.earningsaggregator.fixtures.TestSnapshotPublisher;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@code kill -9} at random moments under load. {@code -Dearnings.kills=100} runs more of them. */
@RealInfrastructure
class KilledConsumerTest {

    private static final int KILLS = Integer.getInteger("earnings.kills", 6);
    private static final int LONGEST_LIFE_MILLIS = 1_500;

    private final Random random = new Random(17);

    @Test
    void keepsHistoryExactAfterKills(TestBroker broker, TestDatabase server) throws Exception {
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
                runAndKill(broker, server);
                killedAtWork += applied(database) < to ? 1 : 0;
            }
        }
        assertThat(killedAtWork).isPositive();
        finish(broker, server, database, snapshots.size());

        assertThat(database.days()).isEqualTo(EarningsDatabase.days(scenario.truth()));
        assertThat(database.nodesWithWrongTotals()).isEmpty();
        assertThat(counted(database, "stored + superseded")).isEqualTo(snapshots.size());
        assertThat(counted(database, "dead_lettered")).isZero();
    }

    private void runAndKill(TestBroker broker, TestDatabase server) throws Exception {
        Process process = KillableConsumerMain.start(
                broker.bootstrapServers(),
                server.jdbcUrl(),
                server.withRole(EarningsDatabase.GROUP).username());
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            String line = output.readLine();
            while (line != null && !line.equals("started")) {
                line = output.readLine();
            }
            assertThat(process.waitFor(random.nextInt(LONGEST_LIFE_MILLIS), MILLISECONDS))
                    .isFalse();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private void finish(TestBroker broker, TestDatabase server, EarningsDatabase database, int records)
            throws Exception {
        Process process = KillableConsumerMain.start(
                broker.bootstrapServers(),
                server.jdbcUrl(),
                server.withRole(EarningsDatabase.GROUP).username());
        try {
            await().atMost(Duration.ofSeconds(90)).until(() -> applied(database) == records);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static long applied(EarningsDatabase database) {
        return counted(database, "next_offset");
    }

    private static long counted(EarningsDatabase database, String what) {
        String sql = switch (what) {
            case "next_offset" -> "select coalesce(sum(next_offset), 0) from consumer_offsets";
            case "dead_lettered" -> "select coalesce(sum(dead_lettered), 0) from consumer_offsets";
            default -> "select coalesce(sum(stored + superseded), 0) from consumer_offsets";
        };
        Long sum = database.jdbc().queryForObject(sql, Long.class);
        return sum == null ? 0 : sum;
    }
}
