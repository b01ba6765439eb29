package io.gonkapulse.trackerpoller.publish;

import static io.gonkapulse.testkit.messages.Messages.node;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.Topic;
import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.json.CommandCodec;
import io.gonkapulse.contracts.json.PollCodec;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.testkit.junit.DedicatedBroker;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.messages.Messages;
import io.gonkapulse.trackerpoller.publish.StrayOrders.Place;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@RealInfrastructure
class KafkaPublisherTest {

    private static Producer<byte[], byte[]> producer(TestBroker broker, Map<String, Object> more) {
        Map<String, Object> connection = new HashMap<>(more);
        connection.put("bootstrap.servers", broker.bootstrapServers());
        return new KafkaProducer<>(PublishConfiguration.settings(connection));
    }

    @Nested
    class WithABroker {

        @Test
        void putsSnapshotsUnderTheirNodeAndPollsUnderTheirTracker(TestBroker broker) {
            broker.createTopic(Topic.SNAPSHOTS.name(), 12);
            broker.createTopic(Topic.POLLS.name(), 3);
            List<Snapshot> snapshots = IntStream.range(0, 500)
                    .mapToObj(i -> (Snapshot) Messages.live().node(node(i)).build())
                    .toList();
            Poll poll = Messages.poll().tracker("demo").build();

            try (Producer<byte[], byte[]> producer = producer(broker, Map.of())) {
                KafkaPublisher publisher = new KafkaPublisher(producer, InstantSource.system());
                Outlet.Batch batch = publisher.begin();
                snapshots.forEach(batch::add);
                batch.finish();
                assertThat(broker.records(Topic.SNAPSHOTS.name())).hasSize(500);
                publisher.tell(poll);
            }

            assertThat(broker.records(Topic.SNAPSHOTS.name())).allSatisfy(found -> {
                Snapshot snapshot = new SnapshotCodec().decode(found.bytes());
                assertThat(snapshots).contains(snapshot);
                assertThat(found.headers()).as("while traces are off").isEmpty();
                assertThat(found.key())
                        .asString(UTF_8)
                        .isEqualTo(snapshot.node().value());
            });
            assertThat(broker.records(Topic.POLLS.name())).singleElement().satisfies(found -> {
                assertThat(new PollCodec().decode(found.bytes())).isEqualTo(poll);
                assertThat(found.key()).asString(UTF_8).isEqualTo("demo");
            });
        }

        @Test
        void sendsOrdersOnAndSetsUnreadableOnesAsideAsTheyCame(TestBroker broker) {
            broker.createTopic(StrayOrders.TOPIC.name(), 12);
            broker.createTopic(Topic.COMMANDS.name(), 12);
            TrackerCommand order = Messages.command().tracker("demo").backfill(100, 104);
            try (Producer<byte[], byte[]> producer = producer(broker, Map.of())) {
                KafkaPublisher publisher = new KafkaPublisher(producer, InstantSource.system());
                publisher.order(order);
                publisher.sendOn(order, 5);
                publisher.setAside(
                        new Place(Topic.COMMANDS.name(), 15, 42), null, "{\"v\":".getBytes(UTF_8), "it breaks off");
            }
            assertThat(broker.records(Topic.COMMANDS.name()))
                    .hasSize(2)
                    .anyMatch(found -> found.partition() == 5)
                    .allSatisfy(found ->
                            assertThat(new CommandCodec().decode(found.bytes())).isEqualTo(order));
            assertThat(broker.records(StrayOrders.TOPIC.name())).singleElement().satisfies(found -> {
                assertThat(found.key()).isNull();
                assertThat(found.value()).asString(UTF_8).isEqualTo("{\"v\":");
                assertThat(found.headers())
                        .containsEntry("reason", "it breaks off")
                        .containsEntry("source-topic", Topic.COMMANDS.name())
                        .containsEntry("source-partition", "15")
                        .containsEntry("source-offset", "42");
            });
        }
    }

    @Nested
    class WithoutABroker {

        private static final Map<String, Object> IMPATIENT = Map.of(
                "max.block.ms",
                3_000,
                "request.timeout.ms",
                500,
                "delivery.timeout.ms",
                1_000,
                "buffer.memory",
                1 << 20);

        @Test
        void failsAndTakesNoMoreThanItsBufferUntilTheBrokerIsBack(DedicatedBroker broker) {
            broker.createTopic(Topic.SNAPSHOTS.name(), 12);
            broker.createTopic(Topic.POLLS.name(), 3);
            Poll untold = Messages.poll().tracker("away").build();
            Poll later = Messages.poll().tracker("back").build();
            try (Producer<byte[], byte[]> producer = producer(broker, IMPATIENT)) {
                KafkaPublisher publisher = new KafkaPublisher(producer, InstantSource.system());
                publishSome(publisher, 10);
                broker.stop();

                assertThatThrownBy(() -> publishSome(publisher, 10)).isInstanceOf(PublishFailedException.class);
                assertThatThrownBy(() -> publishSome(publisher, 100_000))
                        .isInstanceOf(PublishFailedException.class)
                        .hasMessageContaining("Kafka did not take what was published");
                publisher.tell(untold);
                producer.flush();

                broker.start();
                publishSome(publisher, 10);
                publisher.tell(later);
            }
            assertThat(broker.records(Topic.SNAPSHOTS.name())).hasSize(20);
            assertThat(broker.records(Topic.POLLS.name()))
                    .map(found -> new PollCodec().decode(found.bytes()))
                    .containsExactlyInAnyOrder(untold, later);
        }

        private static void publishSome(KafkaPublisher publisher, int count) {
            Outlet.Batch batch = publisher.begin();
            for (int i = 0; i < count; i++) {
                batch.add(Messages.live().node(node(i)).build());
            }
            batch.finish();
        }
    }
}
