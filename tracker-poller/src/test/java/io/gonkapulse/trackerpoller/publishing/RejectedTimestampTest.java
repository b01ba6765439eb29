package io.gonkapulse.trackerpoller.publishing;

import static io.gonkapulse.testkit.messages.TestMessages.node;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.json.PollCodec;
import io.gonkapulse.servicekit.observability.PulseMeter;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.messages.TestMessages;
import io.gonkapulse.trackerpoller.PollerKafkaConfiguration;
import io.gonkapulse.trackerpoller.fixtures.TestKafkaPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** A broker that rejects records with a timestamp ahead of its clock. */
@RealInfrastructure
class RejectedTimestampTest {

    /** The host's clock is ten minutes ahead, then correct. */
    @Test
    void reportsWrongHostClock(TestBroker broker) throws Exception {
        for (KafkaTopic topic : List.of(KafkaTopic.SNAPSHOTS, KafkaTopic.POLLS)) {
            broker.createTopic(topic.name(), 1);
            rejectFutureTimestamps(broker, topic);
        }
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ofMinutes(10));
        MeterRegistry meters = new SimpleMeterRegistry();
        Poll first = TestMessages.poll().tracker("demo").build();
        Poll second = TestMessages.poll().tracker("demo").counts(1, Map.of()).build();
        try (Producer<byte[], byte[]> producer = producer(broker)) {
            KafkaPublisher publisher = TestKafkaPublisher.publisher(
                            producer, () -> InstantSource.system().instant().plus(requireNonNull(ahead.get())))
                    .meters(meters)
                    .build();
            PollPublisher.PublishBatch batch = publisher.startBatch();
            batch.add(TestMessages.live().node(node(1)).build());
            batch.add(TestMessages.live().node(node(2)).build());
            assertThatThrownBy(batch::flush)
                    .isInstanceOfSatisfying(
                            PublishFailedException.class,
                            failure -> assertThat(failure.isRejected()).isTrue())
                    .hasMessageContaining("Check the clock of this host");
            publisher.publishPoll(first);
            producer.flush();
            assertThat(rejectedCount(meters, KafkaTopic.SNAPSHOTS)).isEqualTo(2);
            assertThat(rejectedCount(meters, KafkaTopic.POLLS)).isEqualTo(1);
            assertThat(rejectedCount(meters, KafkaTopic.COMMANDS)).isZero();
            assertThat(broker.records(KafkaTopic.SNAPSHOTS.name())).isEmpty();
            assertThat(broker.records(KafkaTopic.POLLS.name())).isEmpty();

            ahead.set(Duration.ZERO);
            PollPublisher.PublishBatch again = publisher.startBatch();
            again.add(TestMessages.live().node(node(1)).build());
            again.flush();
            publisher.publishPoll(second);
        }
        assertThat(broker.records(KafkaTopic.SNAPSHOTS.name())).hasSize(1);
        assertThat(broker.records(KafkaTopic.POLLS.name()))
                .map(found -> new PollCodec().decode(found.requireValue()))
                .containsExactlyInAnyOrder(first, second);
    }

    private static double rejectedCount(MeterRegistry meters, KafkaTopic topic) {
        return meters.get(PulseMeter.RECORDS_REJECTED.id())
                .tag("topic", topic.name())
                .counter()
                .count();
    }

    private static void rejectFutureTimestamps(TestBroker broker, KafkaTopic topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        AlterConfigOp bound = new AlterConfigOp(
                new ConfigEntry("message.timestamp.after.max.ms", "300000"), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(resource, List.of(bound)))
                    .all()
                    .get();
        }
    }

    private static Producer<byte[], byte[]> producer(TestBroker broker) {
        return new KafkaProducer<>(
                PollerKafkaConfiguration.producerSettings(Map.of("bootstrap.servers", broker.bootstrapServers())));
    }
}
