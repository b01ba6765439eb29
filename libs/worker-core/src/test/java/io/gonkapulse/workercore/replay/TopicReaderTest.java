package io.gonkapulse.workercore.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.workercore.consumer.BatchHandler;
import io.gonkapulse.workercore.consumer.ConsumerBatch;
import io.gonkapulse.workercore.consumer.DeadLetterBuffer;
import io.gonkapulse.workercore.consumer.TopicConsumerFixture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

@RealInfrastructure
class TopicReaderTest {

    private static final int LIMIT = 1 << 20;

    @Test
    void skipsOversizedBatches(TestBroker broker, TestDatabase database) throws Exception {
        TopicConsumerFixture.createTables(database);
        TopicConsumerFixture fixture = new TopicConsumerFixture(broker, database, 1, DataSize.ofBytes(LIMIT));
        List<ReplayBatchProcessor.ReplayBatchResult> outcomes = new ArrayList<>();
        try {
            fixture.sendBatch(0, "zstd", List.of("n1".getBytes(UTF_8)));
            fixture.sendBatch(0, "zstd", Collections.nCopies(20, new byte[LIMIT / 10]));
            fixture.sendBatch(0, "zstd", List.of("n2".getBytes(UTF_8)));
            ReplayBatchProcessor<ConsumerBatch> application =
                    new ReplayBatchProcessor<>(new CountingHandler(), fixture.transactions(), fixture.settings());

            try (TopicReader reader = TopicReader.open(
                    Map.of("bootstrap.servers", broker.bootstrapServers()),
                    fixture.topic().name(),
                    LIMIT)) {
                reader.seek(reader.beginningOffsets(), reader.endOffsets());
                for (ConsumerBatch batch = reader.nextBatch(); !batch.isEmpty(); batch = reader.nextBatch()) {
                    outcomes.add(application.apply(batch));
                }
                assertThat(reader.progress()).isEqualTo(new TopicReader.ReadProgress(22, 22));
            }

            assertThat(outcomes.stream()
                            .mapToLong(ReplayBatchProcessor.ReplayBatchResult::stored)
                            .sum())
                    .isEqualTo(2);
            assertThat(outcomes.stream()
                            .mapToLong(ReplayBatchProcessor.ReplayBatchResult::invalid)
                            .sum())
                    .isEqualTo(20);
        } finally {
            fixture.close();
        }
    }

    private record CountingHandler() implements BatchHandler<ConsumerBatch> {

        @Override
        public ConsumerBatch reduce(ConsumerBatch batch, DeadLetterBuffer rejections) {
            return batch;
        }

        @Override
        public long write(ConsumerBatch work) {
            return work.size();
        }
    }
}
