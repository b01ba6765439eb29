package io.gonkapulse.trackerpoller.publishing;

import static io.gonkapulse.testkit.messages.TestMessages.node;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.json.CommandCodec;
import io.gonkapulse.contracts.json.PollCodec;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.servicekit.observability.PulseMeter;
import io.gonkapulse.testkit.junit.DedicatedBroker;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.messages.TestMessages;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@RealInfrastructure
class KafkaPublisherTest {

    private static Producer<byte[], byte[]> producer(TestBroker broker, Map<String, Object> more) {
        Map<String, Object> connection = new HashMap<>(more);
        connection.put("bootstrap.servers", broker.bootstrapServers());
        return new KafkaProducer<>(KafkaPublisher.producerSettings(connection));
    }

    @Nested
    class WithBroker {

        @Test
        void keysSnapshotsByNodeAndPollsByTracker(TestBroker broker) {
            broker.createTopic(KafkaTopic.SNAPSHOTS.name(), 12);
            broker.createTopic(KafkaTopic.POLLS.name(), 3);
            List<Snapshot> snapshots = IntStream.range(0, 500)
                    .mapToObj(i -> (Snapshot) TestMessages.live().node(node(i)).build())
                    .toList();
            Poll poll = TestMessages.poll().tracker("demo").build();

            try (Producer<byte[], byte[]> producer = producer(broker, Map.of())) {
                KafkaPublisher publisher = TestKafkaPublisher.publisher(producer, InstantSource.system())
                        .build();
                PollPublisher.PublishBatch batch = publisher.startBatch();
                snapshots.forEach(batch::add);
                batch.flush();
                assertThat(broker.records(KafkaTopic.SNAPSHOTS.name())).hasSize(500);
                publisher.publishPoll(poll);
            }

            assertThat(broker.records(KafkaTopic.SNAPSHOTS.name())).allSatisfy(found -> {
                Snapshot snapshot = new SnapshotCodec().decode(found.requireValue());
                assertThat(snapshots).contains(snapshot);
                assertThat(found.headers()).as("while tracing is off").isEmpty();
                assertThat(found.key())
                        .asString(UTF_8)
                        .isEqualTo(snapshot.node().value());
            });
            assertThat(broker.records(KafkaTopic.POLLS.name())).singleElement().satisfies(found -> {
                assertThat(new PollCodec().decode(found.requireValue())).isEqualTo(poll);
                assertThat(found.key()).asString(UTF_8).isEqualTo("demo");
            });
        }

        @Test
        void forwardsCommandToPartition(TestBroker broker) {
            broker.createTopic(KafkaTopic.COMMANDS.name(), 12);
            TrackerCommand command = TestMessages.command().tracker("demo").backfill(100, 104);
            try (Producer<byte[], byte[]> producer = producer(broker, Map.of())) {
                KafkaPublisher publisher = TestKafkaPublisher.publisher(producer, InstantSource.system())
                        .build();
                publisher.sendCommand(command);
                publisher.forward(command, 5);
            }
            assertThat(broker.records(KafkaTopic.COMMANDS.name()))
                    .hasSize(2)
                    .anyMatch(found -> found.partition() == 5)
                    .allSatisfy(found -> assertThat(new CommandCodec().decode(found.requireValue()))
                            .isEqualTo(command));
        }

        @Test
        void deadLettersUnreadableCommand(TestBroker broker) {
            broker.createTopic(KafkaPublisher.DEAD_LETTERS.name(), 12);
            MeterRegistry meters = new SimpleMeterRegistry();
            try (Producer<byte[], byte[]> producer = producer(broker, Map.of())) {
                TestKafkaPublisher.publisher(producer, InstantSource.system())
                        .meters(meters)
                        .build()
                        .deadLetter(
                                new ConsumerRecord<>(
                                        KafkaTopic.COMMANDS.name(), 15, 42, null, "{\"v\":".getBytes(UTF_8)),
                                "it breaks off");
            }
            assertThat(meters.get(PulseMeter.RECORDS_DEAD_LETTERED.id())
                            .tag("topic", KafkaTopic.COMMANDS.name())
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(broker.records(KafkaPublisher.DEAD_LETTERS.name()))
                    .singleElement()
                    .satisfies(found -> {
                        assertThat(found.key()).isNull();
                        assertThat(found.value()).asString(UTF_8).isEqualTo("{\"v\":");
                        assertThat(found.headers())
                                .containsEntry("reason", "it breaks off")
                                .containsEntry("source-topic", KafkaTopic.COMMANDS.name())
                                .containsEntry("source-partition", "15")
                                .containsEntry("source-offset", "42");
                    });
        }
    }

    @Nested
    class WithoutBroker {

        /** Long enough for the first records on a busy machine, too. */
        private static final Map<String, Object> SHORT_TIMEOUTS = Map.of(
                "max.block.ms",
                3_000,
                "request.timeout.ms",
                3_000,
                "delivery.timeout.ms",
                8_000,
                "buffer.memory",
                1 << 20);

        @Test
        void failsWithinBufferUntilBrokerReturns(DedicatedBroker broker) {
            broker.createTopic(KafkaTopic.SNAPSHOTS.name(), 12);
            broker.createTopic(KafkaTopic.POLLS.name(), 3);
            Poll unsent = TestMessages.poll().tracker("away").build();
            Poll later = TestMessages.poll().tracker("back").build();
            try (Producer<byte[], byte[]> producer = producer(broker, SHORT_TIMEOUTS)) {
                KafkaPublisher publisher = TestKafkaPublisher.publisher(producer, InstantSource.system())
                        .build();
                publishSome(publisher, 10);
                broker.stop();

                assertThatThrownBy(() -> publishSome(publisher, 10)).isInstanceOf(PublishFailedException.class);
                assertThatThrownBy(() -> publishSome(publisher, 100_000))
                        .isInstanceOf(PublishFailedException.class)
                        .hasMessageContaining("Kafka did not accept the records");
                publisher.publishPoll(unsent);
                producer.flush();

                broker.start();
                publishSome(publisher, 10);
                publisher.publishPoll(later);
            }
            assertThat(broker.records(KafkaTopic.SNAPSHOTS.name())).hasSize(20);
            assertThat(broker.records(KafkaTopic.POLLS.name()))
                    .map(found -> new PollCodec().decode(found.requireValue()))
                    .containsExactlyInAnyOrder(unsent, later);
        }

        private static void publishSome(KafkaPublisher publisher, int count) {
            PollPublisher.PublishBatch batch = publisher.startBatch();
            for (int i = 0; i < count; i++) {
                batch.add(TestMessages.live().node(node(i)).build());
            }
            batch.flush();
        }
    }
}
