package io.gonkapulse.trackerpoller.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
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
        broker.createTopic(KafkaTopic.COMMANDS.name(), 12);
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
    }

    private GroupMember join() {
        GroupMember member = new GroupMember(broker, TRACKERS, InstantSource.system());
        members.add(member);
        member.join();
        return member;
    }
}
