package io.gonkapulse.workercore.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.unit.DataSize;

/** Kafka's consumer inflates a batch before any handler sees it, so one that takes too much memory is left out before. */
@RealInfrastructure
class OversizedBatchTest {

    private static final int LIMIT = 1 << 20;

    private final Workbench bench;

    OversizedBatchTest(TestBroker broker, TestDatabase database) {
        this.bench = new Workbench(broker, database, 2, DataSize.ofBytes(LIMIT));
    }

    @BeforeAll
    static void tables(TestDatabase database) {
        Workbench.createTables(database);
    }

    @BeforeEach
    void empty() {
        bench.jdbc.execute("truncate note");
    }

    @AfterEach
    void stop() throws Exception {
        bench.close();
    }

    /** Twice the limit in few bytes. */
    private void sendTooLarge(String compression) {
        bench.sendTogether(0, compression, Collections.nCopies(20, new byte[LIMIT / 10]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "lz4", "zstd"})
    void aBatchThatInflatesTooFarIsSetAsideWholeAndNothingElse(String compression) {
        bench.sendTogether(0, compression, List.of("n1".getBytes(UTF_8), "n2".getBytes(UTF_8)));
        sendTooLarge(compression);
        bench.sendTogether(0, compression, List.of("n3".getBytes(UTF_8), "bad".getBytes(UTF_8)));

        bench.start(new Notes(bench.jdbc));

        bench.awaitCounted(24);
        assertThat(bench.counters()).containsExactly(24L, 3L, 0L, 21L);
        assertThat(bench.kept()).containsExactly(24L, 3L, 0L, 21L);
        assertThat(bench.notes()).containsExactly(1, 2, 3);
        assertThat(bench.deadLetters()).hasSize(2);
        ConsumerRecord<byte[], byte[]> letter = bench.deadLetters().stream()
                .filter(one -> Workbench.header(one, "reason").equals("BATCH_TOO_LARGE"))
                .findFirst()
                .orElseThrow();
        assertThat(letter.value()).isNull();
        assertThat(Workbench.header(letter, "source-offset")).isEqualTo("2");
        assertThat(Workbench.header(letter, "source-last-offset")).isEqualTo("21");
        assertThat(Workbench.header(letter, "error"))
                .startsWith("A compressed batch of 20 records, offsets 2 to 21, ")
                .endsWith(" inflates to more than 1048576 bytes, which INTAKE_MAXINFLATED allows");
    }

    @Test
    void ofABatchThatWasAppliedInPartOnlyTheRestIsCounted() {
        sendTooLarge("zstd");
        bench.jdbc.update(
                "insert into consumer_offsets (consumer_group, topic, partition, next_offset) values (?, ?, 0, 15)",
                Workbench.GROUP,
                bench.topic.name());

        bench.start(new Notes(bench.jdbc));

        bench.awaitCounted(5);
        assertThat(bench.counters()).containsExactly(5L, 0L, 0L, 5L);
        assertThat(bench.kept()).containsExactly(20L, 0L, 0L, 5L);
    }

    /** What stands in for such a batch carries a secret of the process. */
    @Test
    void recordsWithoutAValueAreNoStandIns() {
        bench.send(0, (String) null);
        bench.flush();

        bench.start(new Notes(bench.jdbc));

        bench.awaitCounted(1);
        assertThat(bench.deadLetters()).hasSize(1);
        assertThat(Workbench.header(bench.deadLetters().get(0), "reason")).isEqualTo("TOMBSTONE");
    }

    /** Each is small enough by itself, and fetched together they are not. */
    @Test
    void largeRecordsOfAllPartitionsAreReadOneAfterTheOther() {
        for (int i = 0; i < 6; i++) {
            bench.sendTogether(i % 2, "zstd", List.of(new byte[LIMIT / 3 * 2]));
        }
        bench.sendTogether(1, "zstd", List.of("n1".getBytes(UTF_8)));

        Batches batches = new Batches(bench.jdbc);
        bench.start(batches);

        bench.awaitCounted(7);
        assertThat(bench.counters()).containsExactly(7L, 1L, 0L, 6L);
        assertThat(batches.largest()).isLessThanOrEqualTo(LIMIT / 3 * 2 + 2L);
    }

    /** Notes, and how many bytes came at once. */
    private static final class Batches implements BatchHandler<List<Integer>> {

        private final Notes notes;
        private final List<Long> sizes = Collections.synchronizedList(new ArrayList<>());

        Batches(JdbcTemplate jdbc) {
            this.notes = new Notes(jdbc);
        }

        long largest() {
            return Collections.max(sizes);
        }

        @Override
        public List<Integer> reduce(Batch batch, Rejections rejections) {
            long size = 0;
            for (int i = 0; i < batch.size(); i++) {
                byte[] value = batch.value(i);
                size += value == null ? 0 : value.length;
            }
            sizes.add(size);
            return notes.reduce(batch, rejections);
        }

        @Override
        public long write(List<Integer> numbers) {
            return notes.write(numbers);
        }
    }
}
