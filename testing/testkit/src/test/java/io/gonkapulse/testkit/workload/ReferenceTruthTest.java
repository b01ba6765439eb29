package io.gonkapulse.testkit.workload;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.testkit.workload.ReferenceJob.DurationSource;
import io.gonkapulse.testkit.workload.SimulatedJob.Trait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The visible values of simulated jobs are what really happened. */
class ReferenceTruthTest {

    private static final SimulatedWorkload WORKLOAD = SimulatedWorkloadTest.create(17, 500);
    private static final ReferenceJobModel MODEL = new ReferenceJobModel(Duration.ofHours(24));
    private static final Map<UUID, ReferenceJob> VISIBLE = MODEL.jobs(WORKLOAD.records());

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void statesAreReal(long seed) {
        SimulatedWorkload workload = SimulatedWorkloadTest.create(seed, 500);
        Map<UUID, ReferenceJob> visible = MODEL.jobs(workload.records());
        assertThat(visible).hasSameSizeAs(workload.jobs());
        for (SimulatedJob job : workload.jobs()) {
            if (job.visibleState() != null) {
                assertThat(visible(visible, job).state()).as("%s", job).isEqualTo(job.visibleState());
            }
        }
    }

    @Test
    void newestAttemptIsVisible() {
        for (SimulatedJob job : unpurged()) {
            assertThat(visible(VISIBLE, job).run().attempt()).as("%s", job).isEqualTo(Math.max(1, job.attempts()));
        }
    }

    @Test
    void lostJobsAreLost() {
        for (SimulatedJob job : unpurged()) {
            assertThat(visible(VISIBLE, job).lost()).as("%s", job).isEqualTo(job.has(Trait.LOST));
        }
    }

    @Test
    void disagreementsAreVisible() {
        for (SimulatedJob job : unpurged()) {
            ReferenceJob.Ending ending = visible(VISIBLE, job).ending();
            boolean isConflicting = ending != null && ending.conflicting();
            assertThat(isConflicting)
                    .as("%s", job)
                    .isEqualTo(job.has(Trait.EXECUTORS_DISAGREE) || job.has(Trait.QUEUE_DISAGREES));
        }
    }

    @Test
    void purgedJobsAreEmpty() {
        for (SimulatedJob job : WORKLOAD.jobs()) {
            ReferenceJob visible = visible(VISIBLE, job);
            assertThat(visible.purgedAt() != null).as("%s", job).isEqualTo(isPurged(job));
            if (isPurged(job)) {
                assertThat(visible.state()).isNull();
                assertThat(visible.facts()).isEqualTo(ReferenceJob.Facts.NONE);
                assertThat(visible.stages()).isEmpty();
            }
        }
    }

    @Test
    void everyDurationSourceOccurs() {
        Collection<DurationSource> sources = VISIBLE.values().stream()
                .map(job -> job.durations().source())
                .filter(source -> source != null)
                .collect(Collectors.toSet());
        assertThat(sources).containsExactlyInAnyOrder(DurationSource.values());
    }

    @Test
    void countsHaveEveryVisibleJob() {
        long visible = unpurged().size();
        long ended =
                VISIBLE.values().stream().filter(job -> job.ending() != null).count();
        assertThat(sum(ReferenceJobModel.acceptedCounts(VISIBLE.values()))).isEqualTo(visible);
        assertThat(sum(ReferenceJobModel.finishedCounts(VISIBLE.values()))).isEqualTo(ended);
        assertThat(ended).isPositive().isLessThan(visible);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void orderAndRepetitionDoNotMatter(long seed) {
        List<SimulatedRecord> records = new ArrayList<>(WORKLOAD.records());
        records.addAll(WORKLOAD.records().subList(0, records.size() / 3));
        Collections.shuffle(records, new Random(seed));
        assertThat(MODEL.jobs(records)).isEqualTo(VISIBLE);
    }

    private static ReferenceJob visible(Map<UUID, ReferenceJob> visible, SimulatedJob job) {
        ReferenceJob found = visible.get(job.id());
        return requireNonNull(found, job::toString);
    }

    private static List<SimulatedJob> unpurged() {
        return WORKLOAD.jobs().stream().filter(job -> !isPurged(job)).toList();
    }

    private static boolean isPurged(SimulatedJob job) {
        return Stream.of(Trait.PURGED_FIRST, Trait.PURGED_BETWEEN, Trait.PURGED_LAST)
                .anyMatch(job::has);
    }

    private static long sum(Map<ReferenceBucket, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
