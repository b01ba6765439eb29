package io.gonkapulse.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.contracts.json.PollCodec;
import io.gonkapulse.jobrecorder.verify.JobCountsCheck;
import io.gonkapulse.localservers.LocalDatabase;
import io.gonkapulse.testkit.junit.PooledDataSource;
import io.gonkapulse.testkit.workload.ReferenceJob;
import io.gonkapulse.testkit.workload.ReferenceJobModel;
import io.gonkapulse.testkit.workload.SimulatedRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Compares the jobs with their workers, with the polls, and with what a slow model makes of the topic. */
final class JobVerification {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final Duration DEFAULT_LEASE = Duration.ofHours(24);
    private static final int MAX_DIFFERENCES = 10;
    private static final String GROUP = "job-recorder";
    private static final KafkaTopic POLLS = KafkaTopic.POLLS;
    private static final KafkaTopic EVENTS = KafkaTopic.JOB_EVENTS;

    private static final String REPORTED = """
            select job_id::text, concat_ws(' ', state, lost::text)
              from audit.jobs
             where bot_id = 'chaos.job'
            """;

    private static final String POLL_JOBS = """
            select concat_ws(' ', meta->>'tracker', meta->>'pollId', (extract(epoch from started_at) * 1000000)::bigint),
                   concat_ws(' ', state, result->>'outcome')
              from audit.jobs
             where bot_id like 'tracker.%'
            """;

    private static final String JOBS = """
            select job_id::text,
                   concat_ws(' ', bot_id, state, lost::text, attempt, (extract(epoch from first_time) * 1000000)::bigint,
                             (extract(epoch from started_at) * 1000000)::bigint,
                             (extract(epoch from finished_at) * 1000000)::bigint, run_ms,
                             (select count(*) from audit.job_stages_api stage where stage.job_id = job.job_id))
              from audit.jobs job
            """;

    /** Sums over a topic: counts of single partitions depend on rebalances. */
    private static final String COUNTS = """
            select topic,
                   concat_ws(' ', sum(stored + superseded + dead_lettered), sum(dead_lettered))
              from audit.consumer_offsets
             group by topic
            """;

    private static final String OFFSETS = """
            select partition::text, next_offset::text
              from audit.consumer_offsets
             where topic = 'job.events'
            """;

    private final SystemUnderTest system;
    private final ChaosTableReader tables;
    private final BadRecordPublisher badRecords;
    private final ReportingWorkers workers;

    JobVerification(SystemUnderTest system, BadRecordPublisher badRecords, ReportingWorkers workers) {
        this.system = system;
        this.tables = new ChaosTableReader(system.database().jdbc());
        this.badRecords = badRecords;
        this.workers = workers;
    }

    /** Waits for the jobs of all workers and polls. The service still adds ticks. */
    void awaitAllJobs() {
        Map<String, String> reported = workers.states().entrySet().stream()
                .collect(toMap(job -> job.getKey().toString(), Map.Entry::getValue));
        Map<String, String> polls = pollJobs();
        await("reported jobs")
                .atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(tables.rows(REPORTED)).isEqualTo(reported));
        await("jobs of polls")
                .atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(tables.rows(POLL_JOBS)).isEqualTo(polls));
    }

    private Map<String, String> pollJobs() {
        Map<String, String> jobs = new TreeMap<>();
        for (byte[] value :
                TopicRecords.of(POLLS.name(), system.bootstrapServers()).valuesExcept(badRecords.locations())) {
            Poll poll = new PollCodec().decode(value);
            boolean succeeded = poll.outcome() == Poll.Outcome.OK || poll.outcome() == Poll.Outcome.PARTIAL;
            jobs.put(
                    String.join(" ", poll.tracker().value(), poll.pollId(), micros(poll.startedAt())),
                    (succeeded ? "succeeded " : "failed ")
                            + poll.outcome().name().toLowerCase(Locale.ROOT));
        }
        return jobs;
    }

    /** After the service has stopped. Returns the number of jobs. */
    int verify() {
        List<SimulatedRecord> applied = appliedEvents();
        int bad = badRecords.locations(EVENTS).size();
        long polls = TopicRecords.of(POLLS.name(), system.bootstrapServers()).endOffset();
        assertThat(tables.rows(COUNTS))
                .isEqualTo(Map.of(
                        EVENTS.name(), applied.size() + bad + " " + bad,
                        POLLS.name(), polls + " " + badRecords.locations(POLLS).size()));
        for (KafkaTopic topic : List.of(EVENTS, POLLS)) {
            assertThat(TopicRecords.of(topic.deadLetterTopic(GROUP).name(), system.bootstrapServers())
                            .deadLetterSources())
                    .as(topic.name())
                    .isEqualTo(badRecords.locations(topic));
        }
        Map<String, String> expected = expectedJobs(applied);
        assertThat(reportedAsLost(applied)).isEqualTo(Set.of(workers.deadJob()));
        Map<String, String> stored = tables.rows(JOBS);
        assertThat(stored.keySet()).isEqualTo(expected.keySet());
        assertThat(stored)
                .allSatisfy((job, values) -> assertThat(values).as(job).isEqualTo(expected.get(job)));
        assertThat(countDifferences()).isEmpty();
        return expected.size();
    }

    /** The service adds ticks until it stops, so the newest ones may not be applied. */
    private List<SimulatedRecord> appliedEvents() {
        Map<String, String> offsets = tables.rows(OFFSETS);
        return TopicRecords.of(EVENTS.name(), system.bootstrapServers()).allExcept(badRecords.locations()).stream()
                .filter(record ->
                        record.offset() < Long.parseLong(offsets.getOrDefault(String.valueOf(record.partition()), "0")))
                .map(record -> new SimulatedRecord(
                        new String(record.key(), UTF_8),
                        new String(record.value(), UTF_8),
                        record.timestamp(),
                        record.partition()))
                .toList();
    }

    private Map<String, String> expectedJobs(List<SimulatedRecord> applied) {
        Map<String, String> jobs = new TreeMap<>();
        new ReferenceJobModel(DEFAULT_LEASE).jobs(applied).forEach((id, job) -> jobs.put(id.toString(), describe(job)));
        return jobs;
    }

    /** Also those that a later event would have revoked. */
    private static Set<UUID> reportedAsLost(List<SimulatedRecord> applied) {
        return applied.stream()
                .map(record -> new JobEventCodec().decode(record.value()))
                .filter(event -> event.type() == JobEventType.LOST)
                .map(JobEvent::jobId)
                .collect(toSet());
    }

    private static String describe(ReferenceJob job) {
        ReferenceJob.Ending ending = job.ending();
        List<@Nullable Object> values = Arrays.asList(
                job.facts().botId(),
                job.state(),
                job.lost(),
                job.run().attempt(),
                micros(job.run().firstTime()),
                micros(job.run().startedAt()),
                ending == null ? null : micros(ending.finishedAt()),
                job.durations().runMs(),
                job.stages().size());
        return values.stream()
                .filter(Objects::nonNull)
                .map(value -> value.toString().toLowerCase(Locale.ROOT))
                .collect(joining(" "));
    }

    private static @Nullable String micros(@Nullable Instant time) {
        return time == null ? null : String.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, time));
    }

    /** What {@code job-recorder verify} prints. */
    private List<String> countDifferences() {
        try (PooledDataSource audit =
                new PooledDataSource(system.database().url() + "?currentSchema=audit", LocalDatabase.USERNAME, "")) {
            return new JobCountsCheck(JdbcClient.create(audit)).run(MAX_DIFFERENCES);
        }
    }
}
