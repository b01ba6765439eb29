package io.gonkapulse.trackerpoller.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.Topic;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.testkit.junit.DedicatedBroker;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.trackerpoller.own.OwnershipListenerTest.Member;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two pollers and one partition: whoever has nothing to poll is ready to, but not while there is no coordinator. */
@RealInfrastructure
class SpareMemberTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final TrackerName DEMO = new TrackerName("demo");

    private final DedicatedBroker broker;
    private final List<Member> members;

    SpareMemberTest(DedicatedBroker broker) {
        this.broker = broker;
        broker.createTopic(Topic.COMMANDS.name(), 1);
        this.members = List.of(new Member(broker, List.of(DEMO)), new Member(broker, List.of(DEMO)));
    }

    @AfterEach
    void stopAll() {
        members.forEach(Member::leave);
    }

    @Test
    void isReadyAsLongAsThereIsACoordinator() {
        members.forEach(Member::join);
        awaitLeases(true);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(members.stream().flatMap(member -> member.owned.stream()))
                        .containsExactly(DEMO));
        broker.stop();
        awaitLeases(false);
        broker.start();
        awaitLeases(true);
    }

    private void awaitLeases(boolean held) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(members)
                        .allSatisfy(member -> assertThat(member.lease.isHeld()).isEqualTo(held)));
    }
}
