package io.gonkapulse.workercore.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.core.JdbcTemplate;

/** A write that exceeds the driver's timeout would exceed it again on every retry of the same batch. */
@RealInfrastructure
class BatchProcessorTimeoutTest {

    private static final int RECORDS = 200;
    private static final int MAX_TRIES = 10;

    private final TopicConsumerFixture fixture;
    private final DataSource shortTimeoutPool;
    private final List<Integer> batchSizes = new ArrayList<>();

    BatchProcessorTimeoutTest(TestBroker broker, TestDatabase database) {
        this.fixture = new TopicConsumerFixture(broker, database, 1);
        this.shortTimeoutPool = DataSourceBuilder.create()
                .url(database.jdbcUrl() + (database.jdbcUrl().contains("?") ? "&" : "?") + "socketTimeout=2")
                .username(database.username())
                .password(database.password())
                .build();
    }

    @BeforeAll
    static void tables(TestDatabase database) {
        TopicConsumerFixture.createTables(database);
    }

    @BeforeEach
    void empty() {
        fixture.jdbc.execute("truncate note");
    }

    @AfterEach
    void stop() throws Exception {
        if (shortTimeoutPool instanceof AutoCloseable closeable) {
            closeable.close();
        }
        fixture.close();
    }

    @Test
    void retriesSlowBatchWithFewerRecords() {
        BatchProcessor<List<Integer>> processor = fixture.createProcessor(new SlowHandler(50), shortTimeoutPool);

        int tries = 1;
        while (tries < MAX_TRIES && fails(processor, RECORDS)) {
            tries++;
        }

        assertThat(batchSizes).startsWith(200, 100, 50);
        assertThat(fixture.meterCounts()).containsExactly(200L, 200L, 0L, 0L);
        assertThat(fixture.storedCounts()).containsExactly(200L, 200L, 0L, 0L);
        assertThat(fixture.notes()).hasSize(RECORDS);
    }

    @Test
    void doesNotDeadLetterSlowRecord() {
        BatchProcessor<List<Integer>> processor = fixture.createProcessor(new SlowHandler(0), shortTimeoutPool);

        assertThat(fails(processor, 2)).isTrue();
        assertThat(fails(processor, 2)).isTrue();
        assertThatThrownBy(() -> process(processor, 2)).isInstanceOf(RuntimeException.class);

        assertThat(batchSizes).containsExactly(2, 1, 1);
        assertThat(fixture.meterCounts()).containsExactly(0L, 0L, 0L, 0L);
        assertThat(fixture.deadLetters()).isEmpty();
    }

    private boolean fails(BatchProcessor<?> processor, int records) {
        try {
            process(processor, records);
            return false;
        } catch (RuntimeException e) {
            return true;
        }
    }

    private void process(BatchProcessor<?> processor, int records) {
        processor.process(
                new ConsumerBatch(IntStream.range(0, records)
                        .mapToObj(offset -> new ConsumerRecord<>(
                                fixture.topic.name(), 0, offset, (byte[]) null, ("n" + offset).getBytes(UTF_8)))
                        .toList()),
                new BatchProcessor.PartitionReader() {
                    @Override
                    public void seek(int partition, long offset) {
                        // The batch starts at the stored offset.
                    }

                    @Override
                    public long endOffset(int partition) {
                        return records;
                    }
                });
    }

    /** Stores notes, but waits a minute when a batch has more than the given number. */
    private final class SlowHandler implements BatchHandler<List<Integer>> {

        private static final String WAIT = """
                select pg_sleep(60)
                """;

        private final NoteHandler notes = new NoteHandler(new JdbcTemplate(shortTimeoutPool));
        private final int maxFastRecords;

        SlowHandler(int most) {
            this.maxFastRecords = most;
        }

        @Override
        public List<Integer> reduce(ConsumerBatch batch, DeadLetterBuffer rejections) {
            return notes.reduce(batch, rejections);
        }

        @Override
        public long write(List<Integer> numbers) {
            batchSizes.add(numbers.size());
            if (numbers.size() > maxFastRecords) {
                new JdbcTemplate(shortTimeoutPool).execute(WAIT);
            }
            return notes.write(numbers);
        }
    }
}
