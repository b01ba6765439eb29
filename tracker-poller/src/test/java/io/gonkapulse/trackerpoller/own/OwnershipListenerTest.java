package io.gonkapulse.trackerpoller.own;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.Topic;
import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.contracts.json.CommandCodec;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.messages.Messages;
import io.gonkapulse.trackerpoller.publish.StrayOrders;
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
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RealInfrastructure
class OwnershipListenerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final List<TrackerName> TRACKERS = IntStream.range(0, 30)
            .mapToObj(i -> new TrackerName("tracker-" + i))
            .toList();

    private final TestBroker broker;
    private final List<Member> members = new ArrayList<>();

    OwnershipListenerTest(TestBroker broker) {
        this.broker = broker;
    }

    @BeforeEach
    void createTopic() {
        if (members.isEmpty()) {
            broker.createTopic(Topic.COMMANDS.name(), 12);
        }
    }

    @AfterEach
    void stopAll() {
        members.forEach(Member::leave);
    }

    @Test
    void sharesTheTrackersOutAndHandsThemOnWhenOneLeaves() {
        Member first = join();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(first.owned).containsExactlyInAnyOrderElementsOf(TRACKERS));
        Member second = join();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(second.owned).isNotEmpty());
        await().atMost(PATIENCE).untilAsserted(() -> {
            Set<TrackerName> both = new HashSet<>(first.owned);
            both.addAll(second.owned);
            assertThat(both).containsExactlyInAnyOrderElementsOf(TRACKERS);
            assertThat(first.owned).doesNotContainAnyElementsOf(second.owned);
        });
        assertThat(first.lease.isHeld()).isTrue();
        assertThat(second.lease.isHeld()).isTrue();

        first.leave();
        assertThat(first.owned).isEmpty();
        assertThat(first.lease.isHeld()).isFalse();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(second.owned).containsExactlyInAnyOrderElementsOf(TRACKERS));
        ordersReachTheOwnerAgainUntilTheyAreDone(second);
    }

    /** Goes on with the group that the test above left, because a topic is made once for a class. */
    private void ordersReachTheOwnerAgainUntilTheyAreDone(Member second) {
        order(Messages.command().id("one").tracker("tracker-3").backfill(1, 2));
        broker.publish(Topic.COMMANDS.name(), "tracker-3", "{\"v\":".getBytes(UTF_8));
        broker.publish(Topic.COMMANDS.name(), "tracker-3", null);
        order(Messages.command().id("two").tracker("tracker-3").pollNow());
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(second.orders).extracting(TrackerCommand::id).containsExactly("one", "two"));
        assertThat(second.deadOrders).hasSize(2);
        second.finish("two");
        second.meeting(TRACKERS.get(3)).done();
        second.leave();

        Member third = join();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(third.orders).extracting(TrackerCommand::id).containsExactly("one", "two"));
        assertThat(third.meeting(TRACKERS.get(3)).isDue()).isFalse();
        assertThat(third.meeting(TRACKERS.get(4)).isDue()).isTrue();
        third.finish("one");
        third.finish("two");
        third.leave();

        Member fourth = join();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(fourth.owned).containsExactlyInAnyOrderElementsOf(TRACKERS));
        order(Messages.command().id("three").tracker("tracker-3").pollNow());
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(fourth.orders).extracting(TrackerCommand::id).containsExactly("three"));
        assertThat(fourth.deadOrders).isEmpty();
    }

    private void order(TrackerCommand command) {
        broker.publish(Topic.COMMANDS.name(), command.tracker().value(), new CommandCodec().encode(command));
    }

    private Member join() {
        Member member = new Member(broker, TRACKERS);
        members.add(member);
        member.join();
        return member;
    }

    /** One of the group of pollers, that notes what it owns instead of polling it. */
    static final class Member implements Owner, StrayOrders {

        final Collection<TrackerName> owned = new CopyOnWriteArrayList<>();
        final Collection<TrackerCommand> orders = new CopyOnWriteArrayList<>();
        final Collection<String> deadOrders = new CopyOnWriteArrayList<>();
        final Collection<String> sentOn = new CopyOnWriteArrayList<>();
        final Lease lease = new Lease(Duration.ofSeconds(5), InstantSource.system());
        private final Map<TrackerName, FirstMeeting> meetings = new ConcurrentHashMap<>();
        private final Map<String, Runnable> done = new ConcurrentHashMap<>();
        private final Map<String, Object> settings;
        private final List<TrackerName> trackers;
        private final OwnershipThread ownership;

        Member(TestBroker broker, List<TrackerName> trackers) {
            this.settings = Map.of(
                    "bootstrap.servers",
                    broker.bootstrapServers(),
                    "group.id",
                    StrayOrders.GROUP,
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
            this.ownership = new OwnershipThread(() -> true, true, this::listener, () -> {});
        }

        private OwnershipListener listener() {
            return new OwnershipListener(
                    new KafkaConsumer<>(settings), trackers, this, lease, InstantSource.system(), this);
        }

        void join() {
            ownership.start();
        }

        void leave() {
            ownership.stop();
        }

        void finish(String order) {
            requireNonNull(done.get(order)).run();
        }

        FirstMeeting meeting(TrackerName tracker) {
            return requireNonNull(meetings.get(tracker));
        }

        @Override
        public void take(TrackerName tracker, FirstMeeting meeting) {
            owned.add(tracker);
            meetings.put(tracker, meeting);
        }

        @Override
        public void give(TrackerName tracker) {
            owned.remove(tracker);
        }

        @Override
        public void order(TrackerCommand command, Runnable whenDone) {
            orders.add(command);
            done.put(command.id(), whenDone);
        }

        @Override
        public void setAside(Place place, byte @Nullable [] key, byte @Nullable [] value, String reason) {
            deadOrders.add(reason);
        }

        @Override
        public void sendOn(TrackerCommand order, int partition) {
            sentOn.add(order.id() + " to " + partition);
        }
    }
}
