package io.gonkapulse.jobrecorder.merge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.workload.ReferenceBucket;
import io.gonkapulse.testkit.workload.ReferenceJob;
import io.gonkapulse.testkit.workload.ReferenceJob.Ending;
import io.gonkapulse.testkit.workload.ReferenceJob.Facts;
import io.gonkapulse.testkit.workload.ReferenceJobModel;
import io.gonkapulse.testkit.workload.ReferenceStage;
import io.gonkapulse.testkit.workload.ReferenceState;
import io.gonkapulse.testkit.workload.SimulatedJob;
import io.gonkapulse.testkit.workload.SimulatedWorkload;
import io.gonkapulse.testkit.workload.WorkloadParameters;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows are what a slow model computes from the set of records. {@code -Drecorder.seeds=500} runs longer. */
@RealInfrastructure
@Tag("process")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobTruthTest {

    private static final long SEEDS = Long.getLong("recorder.seeds", 6);
    private static final Instant START = Instant.parse("2026-03-14T23:40:00Z");

    private final JobTablesFixture tables;

    JobTruthTest(TestDatabase database) {
        tables = new JobTablesFixture(database);
        tables.addDays(START);
    }

    static LongStream seeds() {
        return LongStream.range(1_000, 1_000 + SEEDS);
    }

    @AfterAll
    void close() {
        tables.close();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void rowsMatchModel(long seed) {
        SimulatedWorkload workload = SimulatedWorkload.create(new WorkloadParameters(seed, 150, 12, START));
        tables.clear();
        tables.apply(workload.records());

        Map<UUID, ReferenceJob> expected =
                new ReferenceJobModel(JobTablesFixture.DEFAULT_LEASE).jobs(workload.records());
        Map<UUID, ReferenceJob> stored = new StoredJobReader(tables.jdbc).jobs();

        assertThat(stored.keySet()).isEqualTo(expected.keySet());
        expected.forEach((id, job) ->
                assertThat(comparable(requireNonNull(stored.get(id)))).isEqualTo(comparable(job)));
        for (SimulatedJob job : workload.jobs()) {
            if (job.visibleState() != null) {
                assertThat(requireNonNull(stored.get(job.id())).state())
                        .as("%s", job)
                        .isEqualTo(job.visibleState());
            }
        }
        assertThat(counts("accepted")).isEqualTo(withBots(ReferenceJobModel.acceptedCounts(expected.values())));
        assertThat(counts("finished")).isEqualTo(withBots(ReferenceJobModel.finishedCounts(expected.values())));
    }

    /** The table has no null in its key. */
    private static Map<ReferenceBucket, Long> withBots(Map<ReferenceBucket, Long> counts) {
        Map<ReferenceBucket, Long> all = new HashMap<>();
        counts.forEach((bucket, n) -> all.put(
                new ReferenceBucket(bucket.botId() == null ? "" : bucket.botId(), bucket.state(), bucket.bucket()), n));
        return all;
    }

    private Map<ReferenceBucket, Long> counts(String kind) {
        Map<ReferenceBucket, Long> counts = new HashMap<>();
        tables.jdbc.query(
                "select bot_id, state, bucket, sum(n) as n from job_counts where kind = ? group by 1, 2, 3",
                row -> {
                    counts.put(
                            new ReferenceBucket(
                                    row.getString("bot_id"),
                                    ReferenceState.valueOf(
                                            row.getString("state").toUpperCase(Locale.ROOT)),
                                    row.getObject("bucket", OffsetDateTime.class)
                                            .toInstant()),
                            row.getLong("n"));
                },
                kind);
        return counts;
    }

    /** As the columns store it: JSON in one form, no claims, no empty error. */
    private static ReferenceJob comparable(ReferenceJob job) {
        Facts facts = job.facts();
        Ending ending = job.ending();
        return new ReferenceJob(
                job.id(),
                job.purgedAt(),
                new Facts(
                        facts.botId(),
                        facts.botsDiffer(),
                        facts.createdBy(),
                        facts.parentId(),
                        facts.trace(),
                        facts.cancelRequested(),
                        StoredJobReader.normalize(facts.meta()),
                        StoredJobReader.normalize(facts.progress())),
                job.run(),
                ending == null
                        ? null
                        : new Ending(
                                ending.state(),
                                ending.lost(),
                                ending.finishedAt(),
                                ending.elapsedMillis(),
                                StoredJobReader.normalize(ending.result()),
                                StoredJobReader.nonEmpty(ending.error()),
                                ending.conflicting(),
                                List.of()),
                job.durations(),
                job.stages().stream()
                        .map(stage -> new ReferenceStage(
                                stage.no(),
                                stage.name(),
                                stage.status(),
                                stage.startedAt(),
                                stage.endedAt(),
                                stage.durationMs(),
                                StoredJobReader.normalize(stage.meta()),
                                StoredJobReader.nonEmpty(stage.error())))
                        // Stages without a number may have equal names and starts.
                        .sorted(Comparator.comparing(ReferenceStage::toString))
                        .toList());
    }
}
