package io.gonkapulse.earningsaggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.earningsaggregator.fixtures.EarningsDatabase;
import io.gonkapulse.earningsaggregator.fixtures.EarningsScenario;
import io.gonkapulse.earningsaggregator.fixtures.TestSnapshotPublisher;
import io.gonkapulse.localservers.DisposableDirectory;
import io.gonkapulse.localservers.LoopbackPort;
import io.gonkapulse.testkit.junit.DedicatedDatabase;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.process.ProgramProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code kill -9} of the broker and of PostgreSQL backends under load. */
@RealInfrastructure
@Tag("process")
@Timeout(300)
class KilledServersTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(150);
    private static final int BATCHES = 5;

    @Test
    void countsEveryRecordOnce(DedicatedDatabase server) throws Exception {
        EarningsScenario scenario = EarningsScenario.of(10, 20, 14);
        EarningsDatabase database = EarningsDatabase.migrated(server);
        List<Snapshot> snapshots = new ArrayList<>(scenario.snapshots());
        Collections.shuffle(snapshots, new Random(3));
        int port = LoopbackPort.findFree();
        try (DisposableDirectory home = DisposableDirectory.createIn(Path.of("target"), "killed")) {
            ProgramProcess broker = KillableBrokerMain.start(home.path(), port);
            String servers = "127.0.0.1:" + port;
            createTopic(servers);
            try (TestSnapshotPublisher topics = new TestSnapshotPublisher(servers);
                    RunningEarningsService service = RunningEarningsService.start(servers, server)) {
                for (int part = 0; part < BATCHES; part++) {
                    int from = snapshots.size() * part / BATCHES;
                    int to = snapshots.size() * (part + 1) / BATCHES;
                    topics.publish(snapshots.subList(from, to));
                    if (part == 1) {
                        broker.kill();
                        broker = KillableBrokerMain.start(home.path(), port);
                    } else {
                        killSession(database);
                    }
                }
                await().atMost(TIMEOUT)
                        .ignoreExceptions()
                        .untilAsserted(
                                () -> assertThat(database.appliedRecords()).isEqualTo(snapshots.size()));

                assertThat(database.days()).isEqualTo(EarningsDatabase.days(scenario.truth()));
                assertThat(database.nodesWithWrongTotals()).isEmpty();
                assertThat(service.recordCount("dead.lettered")).isZero();
            } finally {
                broker.close();
            }
        }
    }

    /** PostgreSQL then terminates all backends and recovers from its log. */
    private static void killSession(EarningsDatabase database) {
        await().atMost(TIMEOUT).ignoreExceptions().until(() -> {
            Long pid = database.jdbc().queryForObject("select pg_backend_pid()", Long.class);
            return ProcessHandle.of(pid == null ? 0 : pid)
                    .map(ProcessHandle::destroyForcibly)
                    .orElse(false);
        });
    }

    private static void createTopic(String servers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(Set.of(new NewTopic(KafkaTopic.SNAPSHOTS.name(), 4, (short) 1)))
                    .all()
                    .get();
        }
    }
}
