package io.gonkapulse.trackerpoller.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.contracts.json.CommandCodec;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.messages.TestMessages;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More partitions move most tracker names. Each tracker still has one poller, and no command is lost. */
@RealInfrastructure
class AddedPartitionsTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final String TRACKER = "tracker-0";
    private static final List<TrackerName> TRACKERS = IntStream.range(0, 30)
            .mapToObj(i -> new TrackerName("tracker-" + i))
            .toList();

    private final TestBroker broker;
    private final List<GroupMember> members = new ArrayList<>();

    AddedPartitionsTest(TestBroker broker) {
        this.broker = broker;
    }

    @AfterEach
    void stopAll() {
        members.forEach(GroupMember::leave);
    }

    @Test
    void keepsOneOwnerAndForwardsCommands() {
        broker.createTopic(KafkaTopic.COMMANDS.name(), 2);
        join();
        join();
        awaitOneOwnerEach();
        sendCommand("before");
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(receivedCommands()).containsExactly("before"));

        broker.addPartitions(KafkaTopic.COMMANDS.name(), 5);
        await("the unfinished command follows its tracker")
                .atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(members.stream().flatMap(member -> member.forwarded().stream()))
                        .isNotEmpty()
                        .allSatisfy(command -> {
                            assertThat(new CommandCodec()
                                            .decode(command.value())
                                            .id())
                                    .isEqualTo("before");
                            assertThat(command.partition()).isEqualTo(1);
                        }));
        awaitOneOwnerEach();
        sendCommand("after");
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(receivedCommands()).containsExactlyInAnyOrder("before", "after"));
        assertThat(members)
                .allSatisfy(member -> assertThat(member.deadLetters()).isEmpty());
    }

    private void join() {
        GroupMember member = new GroupMember(broker, TRACKERS, InstantSource.system());
        members.add(member);
        member.join();
    }

    private void awaitOneOwnerEach() {
        await().atMost(TIMEOUT).untilAsserted(() -> {
            assertThat(members).allSatisfy(member -> assertThat(member.assigned).isNotEmpty());
            assertThat(members.stream().flatMap(member -> member.assigned.stream()))
                    .containsExactlyInAnyOrderElementsOf(TRACKERS);
        });
    }

    private List<String> receivedCommands() {
        return members.stream()
                .flatMap(member -> member.commands.stream())
                .map(TrackerCommand::id)
                .toList();
    }

    private void sendCommand(String id) {
        TrackerCommand command = TestMessages.command().id(id).tracker(TRACKER).backfill(1, 2);
        broker.publish(KafkaTopic.COMMANDS.name(), TRACKER, new CommandCodec().encode(command));
    }
}
