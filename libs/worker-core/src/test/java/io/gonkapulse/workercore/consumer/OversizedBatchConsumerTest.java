package io.gonkapulse.workercore.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.junit.TestTopicReader.TestTopicRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.unit.DataSize;

/**
 * Kafka's consumer decompresses a batch before any handler sees it, so an oversized batch must be
 * replaced before.
 */
@RealInfrastructure
class OversizedBatchConsumerTest {

    private static final int LIMIT = 1 << 20;

    private final TopicConsumerFixture fixture;

    OversizedBatchConsumerTest(TestBroker broker, TestDatabase database) {
        this.fixture = new TopicConsumerFixture(broker, database, 2, DataSize.ofBytes(LIMIT));
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
        fixture.close();
    }

    /** Sends a small batch that decompresses to twice the limit. */
    private void sendTooLarge(String compression) {
        fixture.sendBatch(0, compression, Collections.nCopies(20, new byte[LIMIT / 10]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "lz4", "zstd"})
    void deadLettersOversizedBatchAsWhole(String compression) {
        fixture.sendBatch(0, compression, List.of("n1".getBytes(UTF_8), "n2".getBytes(UTF_8)));
        sendTooLarge(compression);
        fixture.sendBatch(0, compression, List.of("n3".getBytes(UTF_8), "bad".getBytes(UTF_8)));

        fixture.start(new NoteHandler(fixture.jdbc));

        fixture.awaitReceived(24);
        assertThat(fixture.meterCounts()).containsExactly(24L, 3L, 0L, 21L);
        assertThat(fixture.storedCounts()).containsExactly(24L, 3L, 0L, 21L);
        assertThat(fixture.notes()).containsExactly(1, 2, 3);
        assertThat(fixture.deadLetters()).hasSize(2);
        TestTopicRecord deadLetter = fixture.deadLetters().stream()
                .filter(one -> TopicConsumerFixture.header(one, "reason").equals("BATCH_TOO_LARGE"))
                .findFirst()
                .orElseThrow();
        assertThat(deadLetter.value()).isNull();
        assertThat(TopicConsumerFixture.header(deadLetter, "source-offset")).isEqualTo("2");
        assertThat(TopicConsumerFixture.header(deadLetter, "source-last-offset"))
                .isEqualTo("21");
        assertThat(TopicConsumerFixture.header(deadLetter, "error"))
                .startsWith("A compressed batch of 20 records, offsets 2 to 21, ")
                .endsWith(" decompresses to more than 1048576 bytes, which CONSUMER_MAX_UNCOMPRESSED_BATCH allows");
    }

    @Test
    void countsOnlyUnappliedRecordsOfBatch() {
        sendTooLarge("zstd");
        fixture.jdbc.update(
                "insert into consumer_offsets (consumer_group, topic, partition, next_offset) values (?, ?, 0, 15)",
                TopicConsumerFixture.GROUP,
                fixture.topic.name());

        fixture.start(new NoteHandler(fixture.jdbc));

        fixture.awaitReceived(5);
        assertThat(fixture.meterCounts()).containsExactly(5L, 0L, 0L, 5L);
        assertThat(fixture.storedCounts()).containsExactly(20L, 0L, 0L, 5L);
    }

    /** A placeholder carries a secret of this process. */
    @Test
    void tombstonesAreNotPlaceholders() {
        fixture.send(0, (String) null);
        fixture.flush();

        fixture.start(new NoteHandler(fixture.jdbc));

        fixture.awaitReceived(1);
        assertThat(fixture.deadLetters()).hasSize(1);
        assertThat(TopicConsumerFixture.header(fixture.deadLetters().get(0), "reason"))
                .isEqualTo("TOMBSTONE");
    }

    /** Each record is below the limit, but all records of one fetch are not. */
    @Test
    void readsLargeRecordsOneByOne() {
        for (int i = 0; i < 6; i++) {
            fixture.sendBatch(i % 2, "zstd", List.of(new byte[LIMIT / 3 * 2]));
        }
        fixture.sendBatch(1, "zstd", List.of("n1".getBytes(UTF_8)));

        SizeRecordingHandler batches = new SizeRecordingHandler(fixture.jdbc);
        fixture.start(batches);

        fixture.awaitReceived(7);
        assertThat(fixture.meterCounts()).containsExactly(7L, 1L, 0L, 6L);
        assertThat(batches.largest()).isLessThanOrEqualTo(LIMIT / 3 * 2 + 2L);
    }

    /** Records the uncompressed size of each batch. */
    private static final class SizeRecordingHandler implements BatchHandler<List<Integer>> {

        private final NoteHandler notes;
        private final List<Long> sizes = Collections.synchronizedList(new ArrayList<>());

        SizeRecordingHandler(JdbcTemplate jdbc) {
            this.notes = new NoteHandler(jdbc);
        }

        long largest() {
            return Collections.max(sizes);
        }

        @Override
        public List<Integer> reduce(ConsumerBatch batch, DeadLetterBuffer rejections) {
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
