package io.gonkapulse.trackerpoller.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.contracts.json.CommandCodec;
import io.gonkapulse.testkit.junit.TestBroker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A consumer group that shares thirty trackers. */
final class TestGroup {

    static final Duration TIMEOUT = Duration.ofMinutes(1);
    static final List<TrackerName> TRACKERS = IntStream.range(0, 30)
            .mapToObj(i -> new TrackerName("tracker-" + i))
            .toList();

    private final TestBroker broker;
    private final InstantSource clock;
    private final List<GroupMember> members = new ArrayList<>();

    TestGroup(TestBroker broker, int partitions, InstantSource clock) {
        this.broker = broker;
        this.clock = clock;
        broker.createTopic(KafkaTopic.COMMANDS.name(), partitions);
    }

    List<GroupMember> members() {
        return List.copyOf(members);
    }

    GroupMember join() {
        GroupMember member = new GroupMember(broker, TRACKERS, clock);
        members.add(member);
        member.join();
        return member;
    }

    GroupMember joinAndAwaitAll() {
        GroupMember member = join();
        awaitAll(member);
        return member;
    }

    void awaitAll(GroupMember member) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(member.assigned).containsExactlyInAnyOrderElementsOf(TRACKERS));
    }

    void send(TrackerCommand command) {
        sendRaw(command.tracker().value(), new CommandCodec().encode(command));
    }

    void sendRaw(String tracker, byte @Nullable [] value) {
        broker.publish(KafkaTopic.COMMANDS.name(), tracker, value);
    }

    /** Acknowledges all commands, so that the next test receives none of them. */
    void leaveAll() {
        members.forEach(GroupMember::acknowledgeAll);
        members.forEach(GroupMember::leave);
        members.clear();
    }
}
