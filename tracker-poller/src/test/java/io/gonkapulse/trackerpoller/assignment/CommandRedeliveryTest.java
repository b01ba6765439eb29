package io.gonkapulse.trackerpoller.assignment;

import static io.gonkapulse.trackerpoller.assignment.TestGroup.TIMEOUT;
import static io.gonkapulse.trackerpoller.assignment.TestGroup.TRACKERS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.messages.TestMessages;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The members of one group join one after the other. */
@RealInfrastructure
@TestInstance(Lifecycle.PER_CLASS)
class CommandRedeliveryTest {

    private static final String TRACKER = "tracker-3";
    private static final TrackerCommand ONE =
            TestMessages.command().id("one").tracker(TRACKER).backfill(1, 2);
    private static final TrackerCommand TWO =
            TestMessages.command().id("two").tracker(TRACKER).pollNow();

    private final TestGroup group;

    CommandRedeliveryTest(TestBroker broker) {
        this.group = new TestGroup(broker, 12, InstantSource.system());
    }

    @AfterEach
    void leaveAll() {
        group.leaveAll();
    }

    @Test
    void deadLettersUnreadableCommands() {
        GroupMember member = group.joinAndAwaitAll();
        group.send(ONE);
        group.sendRaw(TRACKER, "{\"v\":".getBytes(UTF_8));
        group.sendRaw(TRACKER, null);
        group.send(TWO);
        awaitCommands(member, "one", "two");
        assertThat(member.deadLetters()).hasSize(2);
        member.acknowledge("one");
        member.acknowledge("two");
        member.leave();

        GroupMember next = group.joinAndAwaitAll();
        group.send(TWO);
        awaitCommands(next, "two");
        assertThat(next.deadLetters()).isEmpty();
    }

    @Test
    void redeliversCommandsUntilAcknowledged() {
        GroupMember first = group.joinAndAwaitAll();
        group.send(ONE);
        group.send(TWO);
        awaitCommands(first, "one", "two");
        first.acknowledge("two");
        first.leave();

        GroupMember second = group.join();
        awaitCommands(second, "one", "two");
        second.acknowledge("one");
        second.acknowledge("two");
        second.leave();

        GroupMember third = group.joinAndAwaitAll();
        group.send(TestMessages.command().id("three").tracker(TRACKER).pollNow());
        awaitCommands(third, "three");
    }

    @Test
    void remembersInitialBackfill() {
        GroupMember first = group.joinAndAwaitAll();
        first.initialBackfill(TRACKERS.get(3)).markDone();
        first.leave();

        GroupMember second = group.joinAndAwaitAll();
        assertThat(second.initialBackfill(TRACKERS.get(3)).isPending()).isFalse();
        assertThat(second.initialBackfill(TRACKERS.get(4)).isPending()).isTrue();
    }

    private static void awaitCommands(GroupMember member, String... ids) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(member.commandIds()).containsExactly(ids));
    }
}
