package io.gonkapulse.jobrecorder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.dialect.BotEventParser;
import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.jobrecorder.merge.JobTablesFixture;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.workload.SimulatedRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Recorded events of the original bot platform give the truth in any order, not what the platform stored. */
@RealInfrastructure
@Tag("process")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BotSamplesTest {

    /** A resource of the tests of contracts. */
    private static final Path RECORDED = Path.of("../../libs/contracts/src/test/resources/bot/job-events.jsonl");

    private static final int ORDERS = 20;

    private final JobTablesFixture tables;

    BotSamplesTest(TestDatabase database) {
        tables = new JobTablesFixture(database);
    }

    @AfterAll
    void close() {
        tables.close();
    }

    @Test
    void anyOrderGivesTruth() throws IOException {
        List<SimulatedRecord> records = samples();
        tables.clear();
        tables.apply(records);
        List<List<String>> expected = tables.contents();

        assertThat(states()).isEqualTo(Map.of("succeeded", 7L, "failed", 2L, "canceled", 1L));
        Random random = new Random(1);
        for (int order = 0; order < ORDERS; order++) {
            Collections.shuffle(records, random);
            tables.clear();
            records.forEach(record -> tables.apply(List.of(record)));
            assertThat(tables.contents()).as("order %d", order).isEqualTo(expected);
        }
    }

    private Map<String, Long> states() {
        Map<String, Long> states = new HashMap<>();
        tables.jdbc.query("select state, count(*) from jobs group by state", row -> {
            states.put(row.getString(1), row.getLong(2));
        });
        return states;
    }

    private static List<SimulatedRecord> samples() throws IOException {
        JobEventCodec codec = new JobEventCodec();
        BotEventParser parser = new BotEventParser();
        List<SimulatedRecord> records = new ArrayList<>();
        for (String line : Files.readAllLines(RECORDED)) {
            parser.parse(line.getBytes(UTF_8))
                    .forEach(event -> records.add(new SimulatedRecord(
                            event.jobId().toString(),
                            new String(codec.encode(event), UTF_8),
                            event.at().toEpochMilli(),
                            0)));
        }
        return records;
    }
}
