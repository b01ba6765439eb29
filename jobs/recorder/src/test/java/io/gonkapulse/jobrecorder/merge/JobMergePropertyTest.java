package io.gonkapulse.jobrecorder.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.workload.SimulatedRecord;
import io.gonkapulse.testkit.workload.SimulatedWorkload;
import io.gonkapulse.testkit.workload.WorkloadParameters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The order, the repetition and the batches of records do not matter. {@code -Drecorder.seeds=500} runs longer. */
@RealInfrastructure
@Tag("process")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobMergePropertyTest {

    private static final long SEEDS = Long.getLong("recorder.seeds", 6);
    private static final int JOBS = 60;
    private static final int PARTITIONS = 12;
    private static final int ORDERS = 4;
    private static final Instant START = Instant.parse("2026-03-14T23:40:00Z");

    private final JobTablesFixture tables;

    JobMergePropertyTest(TestDatabase database) {
        tables = new JobTablesFixture(database);
        tables.addDays(START);
    }

    static LongStream seeds() {
        return LongStream.range(0, SEEDS);
    }

    @BeforeEach
    void clear() {
        tables.clear();
    }

    @AfterAll
    void close() {
        tables.close();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyOrderGivesSameRows(long seed) {
        List<SimulatedRecord> records = workload(seed).records();
        tables.apply(records);
        List<List<String>> expected = tables.contents();
        Random random = new Random(seed);

        for (int order = 0; order < ORDERS; order++) {
            tables.clear();
            applyShuffled(records, random);

            assertThat(tables.contents()).as("order %d", order).isEqualTo(expected);
        }
    }

    private static SimulatedWorkload workload(long seed) {
        return SimulatedWorkload.create(new WorkloadParameters(seed, JOBS, PARTITIONS, START));
    }

    /** A third of the records twice, in random batches. */
    private void applyShuffled(List<SimulatedRecord> records, Random random) {
        List<SimulatedRecord> shuffled = new ArrayList<>(records);
        for (SimulatedRecord one : records) {
            if (random.nextInt(3) == 0) {
                shuffled.add(one);
            }
        }
        Collections.shuffle(shuffled, random);
        int from = 0;
        while (from < shuffled.size()) {
            int to = Math.min(shuffled.size(), from + 1 + random.nextInt(200));
            tables.apply(shuffled.subList(from, to));
            from = to;
        }
    }
}
