package io.gonkapulse.trackerpoller.assignment;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RealInfrastructure
class CommandRedeliveryTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final List<TrackerName> TRACKERS = IntStream.range(0, 30)
            .mapToObj(i -> new TrackerName("tracker-" + i))
            .toList();

    private final TestBroker broker;
    private final List<GroupMember> members = new ArrayList<>();

    CommandRedeliveryTest(TestBroker broker) {
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
    void redeliversCommandsUntilAcknowledged() {
        GroupMember first = joinAndAwaitAll();
        sendCommand(TestMessages.command().id("one").tracker("tracker-3").backfill(1, 2));
        broker.publish(KafkaTopic.COMMANDS.name(), "tracker-3", "{\"v\":".getBytes(UTF_8));
        broker.publish(KafkaTopic.COMMANDS.name(), "tracker-3", null);
        sendCommand(TestMessages.command().id("two").tracker("tracker-3").pollNow());
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(first.commands)
                        .extracting(TrackerCommand::id)
                        .containsExactly("one", "two"));
        assertThat(first.deadLetters()).hasSize(2);
        first.acknowledge("two");
        first.initialBackfill(TRACKERS.get(3)).markDone();
        first.leave();

        GroupMember second = join();
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(second.commands)
                        .extracting(TrackerCommand::id)
                        .containsExactly("one", "two"));
        assertThat(second.initialBackfill(TRACKERS.get(3)).isPending()).isFalse();
        assertThat(second.initialBackfill(TRACKERS.get(4)).isPending()).isTrue();
        second.acknowledge("one");
        second.acknowledge("two");
        second.leave();

        GroupMember third = joinAndAwaitAll();
        sendCommand(TestMessages.command().id("three").tracker("tracker-3").pollNow());
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(third.commands)
                        .extracting(TrackerCommand::id)
                        .containsExactly("three"));
        assertThat(third.deadLetters()).isEmpty();
    }

    private void sendCommand(TrackerCommand command) {
        broker.publish(KafkaTopic.COMMANDS.name(), command.tracker().value(), new CommandCodec().encode(command));
    }

    private GroupMember join() {
        GroupMember member = new GroupMember(broker, TRACKERS, InstantSource.system());
        members.add(member);
        member.join();
        return member;
    }

    private GroupMember joinAndAwaitAll() {
        GroupMember member = join();
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(member.assigned).containsExactlyInAnyOrderElementsOf(TRACKERS));
        return member;
    }
}
