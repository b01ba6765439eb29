package io.gonkapulse.trackerpoller.assignment;

import static io.gonkapulse.trackerpoller.assignment.TestGroup.TIMEOUT;
import static io.gonkapulse.trackerpoller.assignment.TestGroup.TRACKERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.json.CommandCodec;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.messages.TestMessages;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** More partitions move most tracker names while a command is unfinished. */
@RealInfrastructure
@TestInstance(Lifecycle.PER_CLASS)
class AddedPartitionsTest {

    private static final String TRACKER = "tracker-0";

    private final TestBroker broker;
    private final TestGroup group;

    AddedPartitionsTest(TestBroker broker) {
        this.broker = broker;
        this.group = new TestGroup(broker, 2, InstantSource.system());
    }

    @BeforeAll
    void addPartitions() {
        group.join();
        group.join();
        awaitOneOwnerEach();
        sendCommand("before");
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(receivedCommands()).containsExactly("before"));
        broker.addPartitions(KafkaTopic.COMMANDS.name(), 5);
        await("the group has seen the new partitions")
                .atMost(TIMEOUT)
                .until(() -> !forwardedCommands().isEmpty());
    }

    @AfterAll
    void leaveAll() {
        group.leaveAll();
    }

    @Test
    void forwardsUnfinishedCommand() {
        assertThat(forwardedCommands()).isNotEmpty().allSatisfy(command -> {
            assertThat(new CommandCodec().decode(command.value()).id()).isEqualTo("before");
            assertThat(command.partition()).isEqualTo(1);
        });
    }

    @Test
    void keepsOneOwnerPerTracker() {
        awaitOneOwnerEach();
    }

    @Test
    void deliversEachCommandOnce() {
        awaitOneOwnerEach();
        sendCommand("after");
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(receivedCommands()).containsExactlyInAnyOrder("before", "after"));
        assertThat(group.members())
                .allSatisfy(member -> assertThat(member.deadLetters()).isEmpty());
    }

    private void awaitOneOwnerEach() {
        await().atMost(TIMEOUT).untilAsserted(() -> {
            assertThat(group.members())
                    .allSatisfy(member -> assertThat(member.assigned).isNotEmpty());
            assertThat(group.members().stream().flatMap(member -> member.assigned.stream()))
                    .containsExactlyInAnyOrderElementsOf(TRACKERS);
        });
    }

    private List<String> receivedCommands() {
        return group.members().stream()
                .flatMap(member -> member.commandIds().stream())
                .toList();
    }

    private List<ProducerRecord<byte[], byte[]>> forwardedCommands() {
        return group.members().stream()
                .flatMap(member -> member.forwarded().stream())
                .toList();
    }

    private void sendCommand(String id) {
        group.send(TestMessages.command().id(id).tracker(TRACKER).backfill(1, 2));
    }
}
