package io.gonkapulse.testkit.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.testkit.workload.SimulatedJob.RealEnd;
import io.gonkapulse.testkit.workload.SimulatedJob.Trait;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulatedWorkloadTest {

    private static final int PARTITIONS = 5;
    private static final SimulatedWorkload WORKLOAD = create(1, 1_000);

    private static final JobEventCodec CODEC = new JobEventCodec();
    private static final List<JobEvent> EVENTS = WORKLOAD.records().stream()
            .map(record -> CODEC.decode(record.value(), record.recordMillis()))
            .toList();

    static SimulatedWorkload create(long seed, int jobs) {
        return SimulatedWorkload.create(
                new WorkloadParameters(seed, jobs, PARTITIONS, Instant.parse("2026-11-28T10:00:00Z")));
    }

    @Test
    void repeatsItselfForSeed() {
        assertThat(create(1, 1_000)).isEqualTo(WORKLOAD);
    }

    @Test
    void differsBySeed() {
        assertThat(create(2, 10).records()).isNotEqualTo(create(3, 10).records());
    }

    @Test
    void recordsAreValid() {
        for (SimulatedRecord record : WORKLOAD.records()) {
            JobEvent event = CODEC.decode(record.value(), record.recordMillis());
            assertThat(record.key()).isEqualTo(event.jobId().toString());
        }
    }

    @Test
    void jobStaysInOnePartition() {
        Map<String, Integer> partitions = new HashMap<>();
        for (SimulatedRecord record : WORKLOAD.records()) {
            if (!record.key().equals(JobEvent.NO_JOB.toString())) {
                partitions.putIfAbsent(record.key(), record.partition());
                assertThat(record.partition()).as(record.key()).isEqualTo(partitions.get(record.key()));
            }
        }
        assertThat(partitions).hasSameSizeAs(WORKLOAD.jobs());
    }

    @Test
    void recordTimesNeverDecrease() {
        List<Long> times =
                WORKLOAD.records().stream().map(SimulatedRecord::recordMillis).toList();
        assertThat(times).isSorted();
    }

    @ParameterizedTest
    @EnumSource
    void containsEveryType(JobEventType type) {
        assertOften(10, EVENTS.stream().filter(event -> event.type() == type).count(), type);
    }

    @ParameterizedTest
    @EnumSource
    void containsEveryTrait(Trait trait) {
        assertOften(5, WORKLOAD.jobs().stream().filter(job -> job.has(trait)).count(), trait);
    }

    @ParameterizedTest
    @EnumSource
    void containsEveryEnd(RealEnd end) {
        assertOften(
                20, WORKLOAD.jobs().stream().filter(job -> job.realEnd() == end).count(), end);
    }

    @Test
    void successFollowsCancelRequest() {
        long count = WORKLOAD.jobs().stream()
                .filter(job -> job.has(Trait.CANCEL_REFUSED) && job.realEnd() == RealEnd.SUCCEEDED)
                .count();
        assertOften(20, count, "success after a wish to cancel");
    }

    @Test
    void optionalFieldsAreSometimesMissing() {
        assertSometimes("botId", event -> event.description().botId());
        assertSometimes("createdBy", event -> event.description().createdBy());
        assertSometimes("parentId", event -> event.description().parentId());
        assertSometimes("trace", event -> event.description().trace());
        assertSometimes("acceptedAt", event -> event.attempt().acceptedAt());
        assertSometimes("startedAt", event -> event.attempt().startedAt());
        assertSometimes("leaseMillis", event -> event.attempt().leaseMillis());
        assertSometimes("elapsedMillis", event -> event.attempt().elapsedMillis());
        assertSometimes("incarnation", event -> event.origin().incarnation());
        assertSometimes("seq", event -> event.origin().seq());
        assertSometimes("meta", event -> event.details().meta());
        assertSometimes("progress", event -> event.details().progress());
        assertSometimes("result", event -> event.details().result());
        assertSometimes("error", event -> event.details().error());
    }

    private void assertSometimes(String name, Function<JobEvent, @Nullable Object> field) {
        long present =
                EVENTS.stream().filter(event -> field.apply(event) != null).count();
        assertOften(50, present, name + " present");
        assertOften(50, EVENTS.size() - present, name + " absent");
    }

    private static void assertOften(int expected, long count, Object what) {
        assertThat(count).as("%s", what).isGreaterThanOrEqualTo(expected);
    }
}
