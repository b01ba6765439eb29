package io.gonkapulse.trackerpoller.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.trackerpoller.assignment.TrackerAssignmentListener.InitialBackfillState;
import io.gonkapulse.trackerpoller.publishing.KafkaPublisher;
import io.gonkapulse.trackerpoller.publishing.TestKafkaPublisher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** Steps through the consumer's loop with a clock of the test, and checks when the lease is held. */
class AssignmentConsumerLeaseTest {

    private static final TopicPartition PARTITION = new TopicPartition(KafkaTopic.COMMANDS.name(), 0);

    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-01T12:00:00Z"));
    private final Lease lease = new Lease(Duration.ofSeconds(5), clock);
    private final MockGroupConsumer consumer = new MockGroupConsumer();
    private final AssignmentConsumer assignments = new AssignmentConsumer(
            consumer,
            List.of(),
            new IgnoringAssignmentListener(),
            lease,
            clock,
            TestKafkaPublisher.publisher(TestKafkaPublisher.inMemoryProducer(), clock)
                    .build());
    private final List<Boolean> held = new ArrayList<>();

    AssignmentConsumerLeaseTest() {
        Node node = new Node(0, "localhost", 9092);
        Node[] nodes = {node};
        consumer.updatePartitions(
                PARTITION.topic(),
                List.of(new PartitionInfo(PARTITION.topic(), PARTITION.partition(), node, nodes, nodes)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    }

    @Test
    void clockStepBackDoesNotDelayCommit() {
        runSteps(
                () -> consumer.rebalance(List.of(PARTITION)),
                () -> clock.advance(Duration.ofHours(-1)),
                () -> clock.advance(Duration.ofSeconds(4)),
                () -> clock.advance(Duration.ofSeconds(4)));
        assertThat(held).containsExactly(false, true, true, true, true);
        assertThat(consumer.commits).isEqualTo(4);
    }

    @Test
    void unassignedMemberHoldsLeaseWhileCoordinatorResponds() {
        runSteps(
                () -> clock.advance(Duration.ofSeconds(4)),
                () -> consumer.generation = 1,
                () -> {
                    consumer.coordinatorUnavailable = true;
                    clock.advance(Duration.ofSeconds(5));
                },
                () -> clock.advance(Duration.ofSeconds(4)),
                () -> consumer.coordinatorUnavailable = false);
        assertThat(held).containsExactly(false, false, true, false, false, true);
    }

    /** Runs one step per loop; before each step it records whether the lease is held. */
    private void runSteps(Runnable... steps) {
        for (Runnable step : steps) {
            consumer.schedulePollTask(() -> {
                held.add(lease.isHeld());
                step.run();
            });
        }
        consumer.schedulePollTask(() -> {
            held.add(lease.isHeld());
            assignments.stop();
        });
        assignments.run();
        assertThat(lease.isHeld()).isFalse();
    }

    /** A member of a group whose coordinator can become unavailable. */
    private static final class MockGroupConsumer extends MockConsumer<byte[], byte[]> {

        private int generation = -1;
        private boolean coordinatorUnavailable;
        private int commits;

        MockGroupConsumer() {
            super("earliest");
        }

        @Override
        @SuppressWarnings("removal") // the only constructor that takes a generation
        public synchronized ConsumerGroupMetadata groupMetadata() {
            return new ConsumerGroupMetadata(KafkaPublisher.GROUP, generation, "member", Optional.empty());
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            commits++;
            super.commitSync(offsets, timeout);
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
                Set<TopicPartition> partitions, Duration timeout) {
            if (coordinatorUnavailable) {
                throw new TimeoutException("The coordinator is unavailable");
            }
            return super.committed(partitions, timeout);
        }
    }

    private record IgnoringAssignmentListener() implements TrackerAssignmentListener {

        @Override
        public void onAssigned(TrackerName tracker, InitialBackfillState initialBackfill) {}

        @Override
        public void onRevoked(TrackerName tracker) {}

        @Override
        public void onCommand(TrackerCommand command, Runnable done) {}
    }
}
