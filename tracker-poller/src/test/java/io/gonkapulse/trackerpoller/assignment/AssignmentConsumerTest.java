package io.gonkapulse.trackerpoller.assignment;

import static io.gonkapulse.trackerpoller.assignment.TestGroup.TIMEOUT;
import static io.gonkapulse.trackerpoller.assignment.TestGroup.TRACKERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@RealInfrastructure
class AssignmentConsumerTest {

    private final TestGroup group;

    AssignmentConsumerTest(TestBroker broker) {
        this.group = new TestGroup(broker, 12, InstantSource.system());
    }

    @AfterEach
    void leaveAll() {
        group.leaveAll();
    }

    @Test
    void reassignsTrackersWhenMemberLeaves() {
        GroupMember first = group.joinAndAwaitAll();
        GroupMember second = group.join();
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
        group.awaitAll(second);
    }
}
