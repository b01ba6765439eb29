package io.gonkapulse.trackerpoller.assignment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.contracts.json.CommandCodec;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.messages.TestMessages;
import io.gonkapulse.trackerpoller.assignment.TrackerAssignmentListener.InitialBackfillState;
import io.gonkapulse.trackerpoller.fixtures.TestKafkaPublisher;
import io.gonkapulse.trackerpoller.publishing.KafkaPublisher;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RealInfrastructure
class AssignmentConsumerTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final List<TrackerName> TRACKERS = IntStream.range(0, 30)
            .mapToObj(i -> new TrackerName("tracker-" + i))
            .toList();

    private final TestBroker broker;
    private final List<GroupMember> members = new ArrayList<>();

    AssignmentConsumerTest(TestBroker broker) {
        this.broker = broker;
    }

    @BeforeEach
    void createTopic() {
        if (members.isEmpty()) {
            broker.createTopic(KafkaTopic.COMMANDS.name(), 12);
        }
    }

    @AfterEach
    void stopAll() {
        members.forEach(GroupMember::leave);
    }

    @Test
    void reassignsTrackersWhenMemberLeaves() {
        GroupMember first = join();
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(first.assigned).containsExactlyInAnyOrderElementsOf(TRACKERS));
        GroupMember second = join();
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(second.assigned).isNotEmpty());
        await().atMost(TIMEOUT).untilAsserted(() -> {
            Set<TrackerName> both = new HashSet<>(first.assigned);
            both.addAll(second.assigned);
            assertThat(both).containsExactlyInAnyOrderElementsOf(TRACKERS);
            assertThat(first.assigned).doesNotContainAnyElementsOf(second.assigned);
        });
        assertThat(first.lease.isHeld()).isTrue();
        assertThat(second.lease.isHeld()).isTrue();

        first.leave();
        assertThat(first.assigned).isEmpty();
        assertThat(first.lease.isHeld()).isFalse();
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(second.assigned).containsExactlyInAnyOrderElementsOf(TRACKERS));
        redeliversCommandsUntilAcknowledged(second);
    }

    /** Continues with the group of the test above, because the topic is created once per class. */
    private void redeliversCommandsUntilAcknowledged(GroupMember second) {
        sendCommand(TestMessages.command().id("one").tracker("tracker-3").backfill(1, 2));
        broker.publish(KafkaTopic.COMMANDS.name(), "tracker-3", "{\"v\":".getBytes(UTF_8));
        broker.publish(KafkaTopic.COMMANDS.name(), "tracker-3", null);
        sendCommand(TestMessages.command().id("two").tracker("tracker-3").pollNow());
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(second.commands)
                        .extracting(TrackerCommand::id)
                        .containsExactly("one", "two"));
        assertThat(second.deadLetters()).hasSize(2);
        second.acknowledge("two");
        second.initialBackfill(TRACKERS.get(3)).markDone();
        second.leave();

        GroupMember third = join();
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(third.commands)
                        .extracting(TrackerCommand::id)
                        .containsExactly("one", "two"));
        assertThat(third.initialBackfill(TRACKERS.get(3)).isPending()).isFalse();
        assertThat(third.initialBackfill(TRACKERS.get(4)).isPending()).isTrue();
        third.acknowledge("one");
        third.acknowledge("two");
        third.leave();

        GroupMember fourth = join();
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(fourth.assigned).containsExactlyInAnyOrderElementsOf(TRACKERS));
        sendCommand(TestMessages.command().id("three").tracker("tracker-3").pollNow());
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(fourth.commands)
                        .extracting(TrackerCommand::id)
                        .containsExactly("three"));
        assertThat(fourth.deadLetters()).isEmpty();
    }

    private void sendCommand(TrackerCommand command) {
        broker.publish(KafkaTopic.COMMANDS.name(), command.tracker().value(), new CommandCodec().encode(command));
    }

    private GroupMember join() {
        GroupMember member = new GroupMember(broker, TRACKERS);
        members.add(member);
        member.join();
        return member;
    }

    /** A member of the group that records its assignments instead of polling them. */
    static final class GroupMember implements TrackerAssignmentListener {

        final Collection<TrackerName> assigned = new CopyOnWriteArrayList<>();
        final Collection<TrackerCommand> commands = new CopyOnWriteArrayList<>();
        private final MockProducer<byte[], byte[]> producer = TestKafkaPublisher.inMemoryProducer();
        final Lease lease = new Lease(Duration.ofSeconds(5), InstantSource.system());
        private final Map<TrackerName, InitialBackfillState> initialBackfills = new ConcurrentHashMap<>();
        private final Map<String, Runnable> acknowledgements = new ConcurrentHashMap<>();
        private final Map<String, Object> settings;
        private final List<TrackerName> trackers;
        private final AssignmentLoop loop;

        GroupMember(TestBroker broker, List<TrackerName> trackers) {
            this.settings = Map.of(
                    "bootstrap.servers",
                    broker.bootstrapServers(),
                    "group.id",
                    KafkaPublisher.GROUP,
                    "enable.auto.commit",
                    false,
                    "auto.offset.reset",
                    "earliest",
                    "metadata.max.age.ms",
                    500,
                    "partition.assignment.strategy",
                    CooperativeStickyAssignor.class.getName(),
                    "key.deserializer",
                    ByteArrayDeserializer.class,
                    "value.deserializer",
                    ByteArrayDeserializer.class);
            this.trackers = trackers;
            this.loop = new AssignmentLoop(() -> true, true, this::createConsumer, () -> {});
        }

        private AssignmentConsumer createConsumer() {
            return new AssignmentConsumer(
                    new KafkaConsumer<>(settings),
                    trackers,
                    this,
                    lease,
                    InstantSource.system(),
                    TestKafkaPublisher.publisher(producer, InstantSource.system())
                            .build());
        }

        void join() {
            loop.start();
        }

        void leave() {
            loop.stop();
        }

        void acknowledge(String command) {
            requireNonNull(acknowledgements.get(command)).run();
        }

        InitialBackfillState initialBackfill(TrackerName tracker) {
            return requireNonNull(initialBackfills.get(tracker));
        }

        @Override
        public void onAssigned(TrackerName tracker, InitialBackfillState initialBackfill) {
            assigned.add(tracker);
            initialBackfills.put(tracker, initialBackfill);
        }

        @Override
        public void onRevoked(TrackerName tracker) {
            assigned.remove(tracker);
        }

        @Override
        public void onCommand(TrackerCommand command, Runnable whenDone) {
            commands.add(command);
            acknowledgements.put(command.id(), whenDone);
        }

        List<ProducerRecord<byte[], byte[]>> deadLetters() {
            return sent(KafkaPublisher.DEAD_LETTERS);
        }

        List<ProducerRecord<byte[], byte[]>> forwarded() {
            return sent(KafkaTopic.COMMANDS);
        }

        private List<ProducerRecord<byte[], byte[]>> sent(KafkaTopic topic) {
            return producer.history().stream()
                    .filter(record -> record.topic().equals(topic.name()))
                    .toList();
        }
    }
}
