package io.gonkapulse.jobrecorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.gonkapulse.jobrecorder.merge.JobTablesFixture;
import io.gonkapulse.jobrecorder.verify.JobCountsCheck;
import io.gonkapulse.testkit.junit.DedicatedBroker;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.process.ProgramProcess;
import io.gonkapulse.testkit.workload.SimulatedRecord;
import io.gonkapulse.testkit.workload.SimulatedWorkload;
import io.gonkapulse.testkit.workload.WorkloadParameters;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Kills the consumer while it applies records. {@code -Drecorder.kills=100} runs longer. A killed member stays in its
 * group for a while, so the broker is not shared.
 */
@RealInfrastructure
@Tag("process")
class KilledRecorderTest {

    private static final int KILLS = Integer.getInteger("recorder.kills", 10);
    private static final int JOBS = 250;

    private final DedicatedBroker broker;
    private final TestDatabase database;
    private final Instant start = InstantSource.system().instant().minus(Duration.ofDays(3));

    KilledRecorderTest(DedicatedBroker broker, TestDatabase database) {
        this.broker = broker;
        this.database = database;
    }

    @Test
    void killsLoseAndRepeatNothing() {
        try (JobTablesFixture tables = new JobTablesFixture(database)) {
            JobTopicClient.createTopic(broker);
            List<SimulatedRecord> records = SimulatedWorkload.create(new WorkloadParameters(11, JOBS, 12, start))
                    .records();
            List<SimulatedRecord> topic;
            try (JobTopicClient client = new JobTopicClient(broker, database)) {
                applyWithKills(client, records);
                topic = client.topic();
            }
            List<List<String>> rows = tables.contents();
            assertThat(new JobCountsCheck(JdbcClient.create(tables.jdbc)).run(10))
                    .isEmpty();

            tables.clear();
            tables.apply(topic);

            assertThat(topic).hasSizeGreaterThanOrEqualTo(records.size());
            assertThat(rows.get(0)).hasSizeGreaterThan(JOBS / 2);
            assertThat(tables.contents()).isEqualTo(rows);
        }
    }

    private void applyWithKills(JobTopicClient client, List<SimulatedRecord> records) {
        Random random = new Random(1);
        int killedAtWork = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            client.publish(records.subList(records.size() * kill / KILLS, records.size() * (kill + 1) / KILLS));
            int published = records.size() * (kill + 1) / KILLS;
            long target = client.applied() + random.nextInt(Math.toIntExact(published - client.applied()));
            try (ProgramProcess recorder = startProcess()) {
                recorder.awaitCondition("records to be applied", () -> client.applied() > target);
                pauseInsideBatch(random);
                recorder.kill();
            }
            killedAtWork += client.applied() < published ? 1 : 0;
        }
        assertThat(killedAtWork).isPositive();
        try (ProgramProcess recorder = startProcess()) {
            client.awaitApplied();
            recorder.kill();
        }
    }

    /** Records show as applied at a commit, but the kill must also come within a transaction. */
    private static void pauseInsideBatch(Random random) {
        await().atMost(ONE_MINUTE)
                .pollDelay(Duration.ofMillis(random.nextInt(20)))
                .until(() -> true);
    }

    private ProgramProcess startProcess() {
        return KillableRecorderMain.start(
                broker.bootstrapServers(),
                database.jdbcUrl() + "?currentSchema=audit",
                database.withRole(JobTablesFixture.ROLE).username());
    }
}
