package io.gonkapulse.workercore.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.workercore.deadletter.DeadLetter;
import io.gonkapulse.workercore.deadletter.DeadLetterPublisher;
import io.gonkapulse.workercore.replay.DeadLetterService.DeadLetterReplayCounts;
import io.gonkapulse.workercore.replay.DeadLetterService.DeadLetterTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.util.unit.DataSize;

@RealInfrastructure
class DeadLetterServiceTest {

    private static final String GROUP = "group";
    private static final KafkaTopic TOPIC = new KafkaTopic("compressed", 1, Optional.empty());
    private static final int MEGABYTE = 1 << 20;

    /** The limit of the service is below the size of a dead letter that it published when the limit was higher. */
    @Test
    void readsLargeDeadLettersButNoOversizedBatch(TestBroker broker) throws Exception {
        broker.createTopic(TOPIC.name(), 1);
        broker.createTopic(TOPIC.deadLetterTopic(GROUP).name(), 1);
        KafkaTemplate<byte[], byte[]> compressing = compressingTemplate(broker);
        DeadLetterService service = new DeadLetterService(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                DataSize.ofMegabytes(1),
                compressing,
                List.of(new DeadLetterTopic(TOPIC, GROUP)));
        ConsumerRecord<byte[], byte[]> large =
                new ConsumerRecord<>(TOPIC.name(), 0, 7, new byte[] {1}, new byte[2 * MEGABYTE]);
        new DeadLetterPublisher(compressing, TOPIC, GROUP).publish(List.of(DeadLetter.of(large, "BAD", "bad")));
        for (int i = 0; i < 20; i++) {
            var unused = compressing.send(
                    new ProducerRecord<>(TOPIC.deadLetterTopic(GROUP).name(), 0, null, new byte[MEGABYTE]));
        }
        compressing.flush();

        assertThat(service.list())
                .extracting(summary -> summary.reason() + " " + summary.count() + " " + summary.pending())
                .containsExactly("BAD 1 1", "BATCH_TOO_LARGE 20 20");
        List<DeadLetter> sent = new ArrayList<>();
        assertThat(service.replay(Long.MAX_VALUE, false, sent::add)).isEqualTo(new DeadLetterReplayCounts(1, 0, 20));
        assertThat(sent)
                .singleElement()
                .satisfies(one -> assertThat(one.value()).hasSize(2 * MEGABYTE));
        assertThat(service.replay(Long.MAX_VALUE, false, sent::add)).isEqualTo(new DeadLetterReplayCounts(0, 0, 0));
        compressing.destroy();
    }

    /** Sends everything until the next flush in one batch. */
    private static KafkaTemplate<byte[], byte[]> compressingTemplate(TestBroker broker) {
        KafkaTemplate<byte[], byte[]> template = new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "compression.type",
                        "zstd",
                        "max.request.size",
                        DeadLetterPublisher.MAX_BYTES,
                        "batch.size",
                        32 * MEGABYTE,
                        "buffer.memory",
                        64L * MEGABYTE,
                        "linger.ms",
                        1_000),
                new ByteArraySerializer(),
                new ByteArraySerializer()));
        return template;
    }
}
