package io.gonkapulse.trackerpoller.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.TrackerCommand.Backfill;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.testkit.messages.Messages;
import io.gonkapulse.trackerpoller.publish.PublishFailedException;
import io.gonkapulse.trackerpoller.settle.Round;
import io.gonkapulse.trackerpoller.settle.Round.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BackfillDeskTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final OptionalLong RUNNING = OptionalLong.of(105);

    /** The topic of orders: what is sent comes back. */
    private final Deque<Backfill> topic = new ArrayDeque<>();

    private final List<String> done = new ArrayList<>();
    private final BackfillDesk desk = new BackfillDesk(topic::add);

    @Test
    void waitsUntilItIsKnownWhichEpochRuns() {
        order("a", 100, 104);
        assertThat(desk.next(OptionalLong.empty(), NOON)).isEmpty();
        assertThat(desk.next(RUNNING, NOON)).hasValue(100);
    }

    @Test
    void fetchesTheOldestFirstAndSendsWhatRemainsAfterEach() {
        order("a", 100, 102);
        assertThat(workOff(Outcome.OK)).containsExactly(100L, 101L, 102L);
        assertThat(done).containsExactly("a 100", "a 101", "a 102");
        assertThat(desk.remaining()).isZero();
    }

    @Test
    void goesOnWhereItWasWhenAnotherPollerTakesOver() {
        order("a", 100, 104);
        fetch(100, Outcome.OK);
        assertThat(topic).hasSize(1);

        BackfillDesk other = new BackfillDesk(topic::add);
        other.accept(new BackfillOrder(topic.remove(), () -> {}));
        assertThat(other.next(RUNNING, NOON)).hasValue(101);
        assertThat(other.remaining()).isEqualTo(4);
    }

    @Test
    void letsTheFurtherOfTwoOrdersOfOneIdHold() {
        order("a", 100, 104);
        order("a", 102, 104);
        order("a", 101, 104);
        assertThat(done).containsExactly("a 100", "a 101");
        assertThat(workOff(Outcome.OK)).containsExactly(102L, 103L, 104L);
    }

    @Test
    void worksOffOrdersInTheOrderInWhichTheyCame() {
        order("a", 100, 100);
        order("b", 90, 90);
        assertThat(workOff(Outcome.OK)).containsExactly(100L, 90L);
    }

    @Test
    void doesNotFetchAnEpochThatIsNotOver() {
        order("a", 104, 106);
        assertThat(workOff(Outcome.OK)).containsExactly(104L);
        assertThat(done).containsExactly("a 104", "a 105");
        assertThat(desk.remaining()).isZero();
    }

    @Test
    void triesAnEpochThreeTimesAndThenGoesOnWithTheNext() {
        order("a", 100, 101);
        fetch(100, Outcome.FAILED);
        assertThat(desk.next(RUNNING, NOON)).isEmpty();
        assertThat(desk.next(RUNNING, NOON.plusSeconds(15))).hasValue(100);
        fetch(100, Outcome.FAILED);
        assertThat(desk.next(RUNNING, NOON.plusSeconds(29))).isEmpty();
        assertThat(desk.next(RUNNING, NOON.plusSeconds(30))).hasValue(100);
        assertThat(done).isEmpty();
        fetch(100, Outcome.FAILED);
        assertThat(done).containsExactly("a 100");
        assertThat(topic).extracting(Backfill::fromEpoch).containsExactly(101L);
    }

    @Test
    void waitsLongerAndLongerWhileNobodyCanBeAskedAndPassesOverNothing() {
        order("a", 100, 101);
        Instant now = NOON;
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            desk.fetched(100, new Round(poll(Outcome.FAILED), Ending.UNANSWERED), now);
            Instant next = now;
            while (desk.next(RUNNING, next).isEmpty() && next.isBefore(now.plusSeconds(1_000))) {
                next = next.plusSeconds(1);
            }
            pauses.add(Duration.between(now, next).toSeconds());
            now = next;
        }
        assertThat(pauses).containsExactly(15L, 30L, 60L, 120L, 240L, 300L, 300L, 300L);
        assertThat(desk.next(RUNNING, now)).hasValue(100);
        assertThat(desk.remaining()).isEqualTo(2);
        assertThat(done).isEmpty();
        assertThat(topic).isEmpty();

        desk.fetched(100, new Round(poll(Outcome.OK), Ending.DONE), now);
        assertThat(done).containsExactly("a 100");
        assertThat(topic).extracting(Backfill::fromEpoch).containsExactly(101L);
    }

    @Test
    void countsNoAttemptAtWhichNobodyCouldBeAsked() {
        order("a", 100, 101);
        for (Ending ending : List.of(
                Ending.WANTING,
                Ending.UNANSWERED,
                Ending.UNANSWERED,
                Ending.WANTING,
                Ending.UNANSWERED,
                Ending.WANTING)) {
            assertThat(done).isEmpty();
            desk.fetched(100, new Round(poll(Outcome.FAILED), ending), NOON);
        }
        assertThat(done).containsExactly("a 100");
        assertThat(topic).extracting(Backfill::fromEpoch).containsExactly(101L);
    }

    @Test
    void asksOnceMoreForAnEpochOfWhichSomeNodesCouldNotBeAskedAbout() {
        order("a", 100, 101);
        desk.fetched(100, new Round(poll(Outcome.PARTIAL), Ending.WANTING), NOON);
        assertThat(done).isEmpty();
        assertThat(desk.next(RUNNING, NOON.plusSeconds(15))).hasValue(100);
        desk.fetched(100, new Round(poll(Outcome.PARTIAL), Ending.DONE), NOON);
        assertThat(done).containsExactly("a 100");
    }

    @Test
    void keepsAnOrderWhoseRemainderCannotBeSent() {
        AtomicBoolean away = new AtomicBoolean(true);
        BackfillDesk unlucky = new BackfillDesk(remainder -> {
            if (away.get()) {
                throw new PublishFailedException("Kafka is away");
            }
            topic.add(remainder);
        });
        unlucky.accept(
                new BackfillOrder(new Backfill("a", new TrackerName("demo"), NOON, 100, 101), () -> done.add("a 100")));
        Round fetched = new Round(poll(Outcome.OK), Ending.DONE);
        unlucky.fetched(100, fetched, NOON);
        assertThat(done).isEmpty();
        assertThat(unlucky.next(RUNNING, NOON)).isEmpty();
        assertThat(unlucky.next(RUNNING, NOON.plusSeconds(15))).hasValue(100);

        away.set(false);
        unlucky.fetched(100, fetched, NOON.plusSeconds(16));
        assertThat(done).containsExactly("a 100");
        assertThat(topic).extracting(Backfill::fromEpoch).containsExactly(101L);
    }

    private void order(String id, long from, long to) {
        receive(new Backfill(id, new TrackerName("demo"), NOON, from, to));
    }

    private void receive(Backfill backfill) {
        desk.accept(new BackfillOrder(backfill, () -> done.add(backfill.id() + " " + backfill.fromEpoch())));
    }

    private void fetch(long epoch, Outcome outcome) {
        desk.fetched(epoch, new Round(poll(outcome), outcome == Outcome.FAILED ? Ending.WANTING : Ending.DONE), NOON);
    }

    private static Poll poll(Outcome outcome) {
        return Messages.poll().outcome(outcome).build();
    }

    private List<Long> workOff(Outcome outcome) {
        List<Long> epochs = new ArrayList<>();
        OptionalLong next = desk.next(RUNNING, NOON);
        while (next.isPresent()) {
            epochs.add(next.getAsLong());
            fetch(next.getAsLong(), outcome);
            topic.forEach(this::receive);
            topic.clear();
            next = desk.next(RUNNING, NOON);
        }
        return epochs;
    }
}
