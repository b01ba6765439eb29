package io.gonkapulse.trackerpoller.assignment;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.trackerpoller.assignment.TrackerAssignmentListener.InitialBackfillState;
import io.gonkapulse.trackerpoller.publishing.KafkaPublisher;
import io.gonkapulse.trackerpoller.publishing.TestKafkaPublisher;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A member of the group that records its assignments instead of polling them. */
final class GroupMember implements TrackerAssignmentListener {

    final Collection<TrackerName> assigned = new CopyOnWriteArrayList<>();
    final Collection<TrackerCommand> commands = new CopyOnWriteArrayList<>();
    final Lease lease;
    private final InstantSource clock;
    private final MockProducer<byte[], byte[]> producer = TestKafkaPublisher.inMemoryProducer();
    private final Map<TrackerName, InitialBackfillState> initialBackfills = new ConcurrentHashMap<>();
    private final Map<String, Runnable> acknowledgements = new ConcurrentHashMap<>();
    private final Map<String, Object> settings;
    private final List<TrackerName> trackers;
    private final AssignmentLoop loop;

    GroupMember(TestBroker broker, List<TrackerName> trackers, InstantSource clock) {
        this.clock = clock;
        this.lease = new Lease(Duration.ofSeconds(5), clock);
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
                clock,
                TestKafkaPublisher.publisher(producer, clock).build());
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

    void acknowledgeAll() {
        acknowledgements.values().forEach(Runnable::run);
    }

    List<String> commandIds() {
        return commands.stream().map(TrackerCommand::id).toList();
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
        acknowledgements.put(command.id(), whenDone);
        commands.add(command);
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
