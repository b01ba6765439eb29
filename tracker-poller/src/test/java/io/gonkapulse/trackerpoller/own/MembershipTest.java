package io.gonkapulse.trackerpoller.own;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Topic;
import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.testkit.network.time.SteppedClock;
import io.gonkapulse.trackerpoller.publish.StrayOrders;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When the lease is held, a round of the listener after the other, on a clock that the test owns. */
class MembershipTest {

    private static final TopicPartition PARTITION = new TopicPartition(Topic.COMMANDS.name(), 0);

    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-01T12:00:00Z"));
    private final Lease lease = new Lease(Duration.ofSeconds(5), clock);
    private final Member consumer = new Member();
    private final OwnershipListener listener =
            new OwnershipListener(consumer, List.of(), new Nobody(), lease, clock, new NoStrayOrders());
    private final List<Boolean> held = new ArrayList<>();

    MembershipTest() {
        Node node = new Node(0, "localhost", 9092);
        Node[] nodes = {node};
        consumer.updatePartitions(
                PARTITION.topic(),
                List.of(new PartitionInfo(PARTITION.topic(), PARTITION.partition(), node, nodes, nodes)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    }

    @Test
    void aClockThatIsSetBackAnHourDoesNotPutTheNextCommitOff() {
        listen(
                () -> consumer.rebalance(List.of(PARTITION)),
                () -> clock.advance(Duration.ofHours(-1)),
                () -> clock.advance(Duration.ofSeconds(4)),
                () -> clock.advance(Duration.ofSeconds(4)));
        assertThat(held).containsExactly(false, true, true, true, true);
        assertThat(consumer.commits).isEqualTo(4);
    }

    @Test
    void aSpareOneHoldsItOnceItIsAMemberAndAsLongAsTheCoordinatorAnswers() {
        listen(
                () -> clock.advance(Duration.ofSeconds(4)),
                () -> consumer.generation = 1,
                () -> {
                    consumer.coordinatorIsAway = true;
                    clock.advance(Duration.ofSeconds(5));
                },
                () -> clock.advance(Duration.ofSeconds(4)),
                () -> consumer.coordinatorIsAway = false);
        assertThat(held).containsExactly(false, false, true, false, false, true);
    }

    /** Each step comes within a round, and notes first what the rounds before have led to. */
    private void listen(Runnable... steps) {
        for (Runnable step : steps) {
            consumer.schedulePollTask(() -> {
                held.add(lease.isHeld());
                step.run();
            });
        }
        consumer.schedulePollTask(() -> {
            held.add(lease.isHeld());
            listener.stop();
        });
        listener.listen();
        assertThat(lease.isHeld()).isFalse();
    }

    /** Of a group whose coordinator comes and goes. */
    private static final class Member extends MockConsumer<byte[], byte[]> {

        private int generation = -1;
        private boolean coordinatorIsAway;
        private int commits;

        Member() {
            super("earliest");
        }

        @Override
        @SuppressWarnings("removal") // there is no other way yet to make one
        public synchronized ConsumerGroupMetadata groupMetadata() {
            return new ConsumerGroupMetadata(StrayOrders.GROUP, generation, "member", Optional.empty());
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration patience) {
            commits++;
            super.commitSync(offsets, patience);
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
                Set<TopicPartition> partitions, Duration patience) {
            if (coordinatorIsAway) {
                throw new TimeoutException("The coordinator is away");
            }
            return super.committed(partitions, patience);
        }
    }

    private record Nobody() implements Owner {

        @Override
        public void take(TrackerName tracker, FirstMeeting meeting) {}

        @Override
        public void give(TrackerName tracker) {}

        @Override
        public void order(TrackerCommand command, Runnable done) {}
    }

    private record NoStrayOrders() implements StrayOrders {

        @Override
        public void sendOn(TrackerCommand order, int partition) {}

        @Override
        public void setAside(Place place, byte @Nullable [] key, byte @Nullable [] value, String reason) {}
    }
}
