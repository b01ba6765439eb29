package io.gonkapulse.jobrecorder;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.jobrecorder.merge.JobTablesFixture;
import io.gonkapulse.jobrecorder.verify.JobCountsCheck;
import io.gonkapulse.testkit.junit.DedicatedBroker;
import io.gonkapulse.testkit.junit.DedicatedDatabase;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.workload.SimulatedRecord;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Database and broker are away while jobs are reported, for longer than the leases of the jobs. */
@RealInfrastructure
@Tag("process")
class JobOutageTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final DedicatedBroker broker;
    private final DedicatedDatabase database;

    JobOutageTest(DedicatedBroker broker, DedicatedDatabase database) {
        this.broker = broker;
        this.database = database;
    }

    @Test
    void outagesLoseNoJob() throws InterruptedException {
        try (JobTablesFixture tables = new JobTablesFixture(database)) {
            JobTopicClient.createTopic(broker);
            List<SimulatedRecord> topic = reportThroughOutages();
            tables.reconnect();
            List<List<String>> rows = tables.contents();
            assertThat(new JobCountsCheck(JdbcClient.create(tables.jdbc)).run(10))
                    .isEmpty();

            tables.clear();
            tables.apply(topic);

            assertThat(tables.contents()).isEqualTo(rows);
        }
    }

    /** Returns the records of the topic after the service has applied them and stopped. */
    private List<SimulatedRecord> reportThroughOutages() throws InterruptedException {
        try (JobRecorderFixture recorder = new JobRecorderFixture(
                        broker, database, "--recorder.lost-interval=1s", "--recorder.migrations-interval=1000d");
                AcceleratedWorkers workers =
                        new AcceleratedWorkers(broker.bootstrapServers(), InstantSource.system())) {
            await().atMost(TIMEOUT).until(() -> countJobs(recorder) > 100);
            pass(Duration.ofSeconds(2));

            database.stop();
            pass(Duration.ofSeconds(3));
            database.start();
            long beforeOutage = recorder.applied();
            await().atMost(TIMEOUT).until(() -> recorder.applied() > beforeOutage);

            broker.stop();
            pass(Duration.ofSeconds(3));
            await().atMost(TIMEOUT).until(() -> workers.outage().compareTo(Duration.ofSeconds(100)) > 0);
            broker.start();
            await().atMost(TIMEOUT).until(() -> workers.outage().isZero());
            await().atMost(TIMEOUT).until(() -> workers.deadJobs().size() > 20);

            workers.stopHiring();
            await().atMost(TIMEOUT).until(workers::isIdle);
            await().atMost(TIMEOUT)
                    .untilAsserted(() ->
                            assertThat(differences(recorder, workers.endings())).isEmpty());
            assertThat(reportedAsLost(recorder.topic())).isEqualTo(workers.deadJobs());
            workers.stop();
            recorder.awaitApplied();
            assertThat(counts(recorder))
                    .containsEntry("applied", recorder.applied())
                    .containsEntry("dead_lettered", 0L);
            return recorder.topic();
        }
    }

    private static void pass(Duration time) {
        await().atMost(TIMEOUT).pollDelay(time).until(() -> true);
    }

    /** Jobs that ended otherwise than their worker knows, and jobs that no worker knows. */
    private static List<String> differences(JobRecorderFixture recorder, Map<UUID, String> endings) {
        Map<UUID, String> missing = new HashMap<>(endings);
        List<String> differences = new ArrayList<>();
        recorder.jdbc.query("select job_id, state || ' ' || lost from audit.jobs", row -> {
            UUID job = row.getObject(1, UUID.class);
            String expected = missing.remove(job);
            if (!row.getString(2).equals(expected)) {
                differences.add(job + ": expected " + expected + ", got " + row.getString(2));
            }
        });
        missing.forEach((job, expected) -> differences.add(job + ": expected " + expected + ", got none"));
        return differences;
    }

    private static Set<UUID> reportedAsLost(List<SimulatedRecord> topic) {
        JobEventCodec codec = new JobEventCodec();
        return topic.stream()
                .map(record -> codec.decode(record.value()))
                .filter(event -> event.type() == JobEventType.LOST)
                .map(JobEvent::jobId)
                .collect(toSet());
    }

    private static long countJobs(JobRecorderFixture recorder) {
        Long jobs = recorder.jdbc.queryForObject("select count(*) from audit.jobs", Long.class);
        return jobs == null ? 0 : jobs;
    }

    private static Map<String, Object> counts(JobRecorderFixture recorder) {
        return recorder.jdbc.queryForMap("""
                select sum(stored + superseded)::bigint as applied, sum(dead_lettered)::bigint as dead_lettered
                  from audit.consumer_offsets
                 where topic = 'job.events'
                """);
    }
}
