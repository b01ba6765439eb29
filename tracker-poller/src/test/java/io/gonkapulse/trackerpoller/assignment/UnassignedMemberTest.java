package io.gonkapulse.trackerpoller.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.testkit.junit.DedicatedBroker;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two pollers and one partition. The poller without a partition is ready while the coordinator responds. */
@RealInfrastructure
class UnassignedMemberTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final TrackerName DEMO = new TrackerName("demo");

    private final DedicatedBroker broker;
    private final List<GroupMember> members;

    UnassignedMemberTest(DedicatedBroker broker) {
        this.broker = broker;
        broker.createTopic(KafkaTopic.COMMANDS.name(), 1);
        this.members = List.of(
                new GroupMember(broker, List.of(DEMO), InstantSource.system()),
                new GroupMember(broker, List.of(DEMO), InstantSource.system()));
    }

    @AfterEach
    void stopAll() {
        members.forEach(GroupMember::leave);
    }

    @Test
    void isReadyWhileCoordinatorResponds() {
        members.forEach(GroupMember::join);
        awaitLeases(true);
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(members.stream().flatMap(member -> member.assigned.stream()))
                        .containsExactly(DEMO));
        broker.stop();
        awaitLeases(false);
        broker.start();
        awaitLeases(true);
    }

    private void awaitLeases(boolean held) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(members)
                        .allSatisfy(member -> assertThat(member.lease.isHeld()).isEqualTo(held)));
    }
}
