package io.gonkapulse.trackerpoller.publish;

import static io.gonkapulse.testkit.messages.Messages.node;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Topic;
import io.gonkapulse.contracts.json.PollCodec;
import io.gonkapulse.servicekit.traces.Traces;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.messages.Messages;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
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

/** A broker that refuses records whose time is ahead of its own clock. */
@RealInfrastructure
class RefusedTimesTest {

    /** The host's clock is ten minutes ahead, then right again. */
    @Test
    void saysThatTheClockIsWrongWhenTheBrokerRefusesTimes(TestBroker broker) throws Exception {
        for (Topic topic : List.of(Topic.SNAPSHOTS, Topic.POLLS)) {
            broker.createTopic(topic.name(), 1);
            refuseTimesAhead(broker, topic);
        }
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ofMinutes(10));
        List<String> refused = Collections.synchronizedList(new ArrayList<>());
        Poll first = Messages.poll().tracker("demo").build();
        Poll second = Messages.poll().tracker("demo").counts(1, Map.of()).build();
        try (Producer<byte[], byte[]> producer = producer(broker)) {
            KafkaPublisher publisher = new KafkaPublisher(
                    producer,
                    Traces.OFF,
                    () -> InstantSource.system().instant().plus(requireNonNull(ahead.get())),
                    refused::add);
            Outlet.Batch batch = publisher.begin();
            batch.add(Messages.live().node(node(1)).build());
            batch.add(Messages.live().node(node(2)).build());
            assertThatThrownBy(batch::finish)
                    .isInstanceOfSatisfying(
                            PublishFailedException.class,
                            failure -> assertThat(failure.isRefused()).isTrue())
                    .hasMessageContaining("Check the clock of this host");
            publisher.tell(first);
            producer.flush();
            assertThat(refused).containsExactly(Topic.SNAPSHOTS.name(), Topic.SNAPSHOTS.name(), Topic.POLLS.name());
            assertThat(broker.records(Topic.SNAPSHOTS.name())).isEmpty();
            assertThat(broker.records(Topic.POLLS.name())).isEmpty();

            ahead.set(Duration.ZERO);
            Outlet.Batch again = publisher.begin();
            again.add(Messages.live().node(node(1)).build());
            again.finish();
            publisher.tell(second);
        }
        assertThat(broker.records(Topic.SNAPSHOTS.name())).hasSize(1);
        assertThat(broker.records(Topic.POLLS.name()))
                .map(found -> new PollCodec().decode(found.bytes()))
                .containsExactlyInAnyOrder(first, second);
    }

    private static void refuseTimesAhead(TestBroker broker, Topic topic) throws Exception {
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
                PublishConfiguration.settings(Map.of("bootstrap.servers", broker.bootstrapServers())));
    }
}
