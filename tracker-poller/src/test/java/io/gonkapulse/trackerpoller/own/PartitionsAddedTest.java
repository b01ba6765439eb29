package io.gonkapulse.trackerpoller.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.Topic;
import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.contracts.json.CommandCodec;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.messages.Messages;
import io.gonkapulse.trackerpoller.own.OwnershipListenerTest.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With more partitions of orders most names of trackers lie elsewhere: each still has one owner, and no order is lost. */
@RealInfrastructure
class PartitionsAddedTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String WAITING = "tracker-0";
    private static final List<TrackerName> TRACKERS = IntStream.range(0, 30)
            .mapToObj(i -> new TrackerName("tracker-" + i))
            .toList();

    private final TestBroker broker;
    private final List<Member> members = new ArrayList<>();

    PartitionsAddedTest(TestBroker broker) {
        this.broker = broker;
    }

    @AfterEach
    void stopAll() {
        members.forEach(Member::leave);
    }

    @Test
    void eachTrackerStillHasOneOwnerAndOrdersFollowIt() {
        broker.createTopic(Topic.COMMANDS.name(), 2);
        join();
        join();
        awaitOneOwnerEach();
        order("before");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(orders()).containsExactly("before"));

        broker.addPartitions(Topic.COMMANDS.name(), 5);
        await("the order that was not done with follows its tracker")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(members.stream().flatMap(member -> member.sentOn.stream()))
                        .isNotEmpty()
                        .allMatch("before to 1"::equals));
        awaitOneOwnerEach();
        order("after");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(orders()).containsExactlyInAnyOrder("before", "after"));
        assertThat(members).allSatisfy(member -> assertThat(member.deadOrders).isEmpty());
    }

    private void join() {
        Member member = new Member(broker, TRACKERS);
        members.add(member);
        member.join();
    }

    private void awaitOneOwnerEach() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(members).allSatisfy(member -> assertThat(member.owned).isNotEmpty());
            assertThat(members.stream().flatMap(member -> member.owned.stream()))
                    .containsExactlyInAnyOrderElementsOf(TRACKERS);
        });
    }

    private List<String> orders() {
        return members.stream()
                .flatMap(member -> member.orders.stream())
                .map(TrackerCommand::id)
                .toList();
    }

    private void order(String id) {
        TrackerCommand order = Messages.command().id(id).tracker(WAITING).backfill(1, 2);
        broker.publish(Topic.COMMANDS.name(), WAITING, new CommandCodec().encode(order));
    }
}
