package io.gonkapulse.trackerpoller.background;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.TrackerCommand.BackfillEpochs;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.testkit.messages.TestMessages;
import io.gonkapulse.trackerpoller.background.BackfillQueue.BackfillTask;
import io.gonkapulse.trackerpoller.background.SettlementProcessor.SettlementResult;
import io.gonkapulse.trackerpoller.background.SettlementProcessor.SettlementResult.SettlementCompletion;
import io.gonkapulse.trackerpoller.publishing.PublishFailedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BackfillQueueTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final OptionalLong RUNNING = OptionalLong.of(105);

    /** Stands for the command topic. */
    private final Deque<BackfillEpochs> topic = new ArrayDeque<>();

    private final List<String> acknowledged = new ArrayList<>();
    private final BackfillQueue queue = new BackfillQueue(topic::add);

    @Test
    void waitsForRunningEpoch() {
        addBackfill("a", 100, 104);
        assertThat(queue.nextEpoch(OptionalLong.empty(), NOON)).isEmpty();
        assertThat(queue.nextEpoch(RUNNING, NOON)).hasValue(100);
    }

    @Test
    void fetchesOldestFirstAndSendsRemainder() {
        addBackfill("a", 100, 102);
        assertThat(processAll(Outcome.OK)).containsExactly(100L, 101L, 102L);
        assertThat(acknowledged).containsExactly("a 100", "a 101", "a 102");
        assertThat(queue.remainingEpochs()).isZero();
    }

    @Test
    void resumesOnAnotherPoller() {
        addBackfill("a", 100, 104);
        fetch(100, Outcome.OK);
        assertThat(topic).hasSize(1);

        BackfillQueue other = new BackfillQueue(topic::add);
        other.add(new BackfillTask(topic.remove(), () -> {}));
        assertThat(other.nextEpoch(RUNNING, NOON)).hasValue(101);
        assertThat(other.remainingEpochs()).isEqualTo(4);
    }

    @Test
    void keepsMostAdvancedCommandOfId() {
        addBackfill("a", 100, 104);
        addBackfill("a", 102, 104);
        addBackfill("a", 101, 104);
        assertThat(acknowledged).containsExactly("a 100", "a 101");
        assertThat(processAll(Outcome.OK)).containsExactly(102L, 103L, 104L);
    }

    @Test
    void processesCommandsInArrivalOrder() {
        addBackfill("a", 100, 100);
        addBackfill("b", 90, 90);
        assertThat(processAll(Outcome.OK)).containsExactly(100L, 90L);
    }

    @Test
    void skipsUnfinishedEpoch() {
        addBackfill("a", 104, 106);
        assertThat(processAll(Outcome.OK)).containsExactly(104L);
        assertThat(acknowledged).containsExactly("a 104", "a 105");
        assertThat(queue.remainingEpochs()).isZero();
    }

    @Test
    void skipsEpochAfterThreeAttempts() {
        addBackfill("a", 100, 101);
        fetch(100, Outcome.FAILED);
        assertThat(queue.nextEpoch(RUNNING, NOON)).isEmpty();
        assertThat(queue.nextEpoch(RUNNING, NOON.plusSeconds(15))).hasValue(100);
        fetch(100, Outcome.FAILED);
        assertThat(queue.nextEpoch(RUNNING, NOON.plusSeconds(29))).isEmpty();
        assertThat(queue.nextEpoch(RUNNING, NOON.plusSeconds(30))).hasValue(100);
        assertThat(acknowledged).isEmpty();
        fetch(100, Outcome.FAILED);
        assertThat(acknowledged).containsExactly("a 100");
        assertThat(topic).extracting(BackfillEpochs::fromEpoch).containsExactly(101L);
    }

    @Test
    void backsOffWithoutSkippingDuringOutage() {
        addBackfill("a", 100, 101);
        Instant now = NOON;
        List<Long> backOffs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            queue.recordAttempt(
                    100, new SettlementResult(poll(Outcome.FAILED), SettlementCompletion.TRANSIENT_FAILURE), now);
            Instant next = now;
            while (queue.nextEpoch(RUNNING, next).isEmpty() && next.isBefore(now.plusSeconds(1_000))) {
                next = next.plusSeconds(1);
            }
            backOffs.add(Duration.between(now, next).toSeconds());
            now = next;
        }
        assertThat(backOffs).containsExactly(15L, 30L, 60L, 120L, 240L, 300L, 300L, 300L);
        assertThat(queue.nextEpoch(RUNNING, now)).hasValue(100);
        assertThat(queue.remainingEpochs()).isEqualTo(2);
        assertThat(acknowledged).isEmpty();
        assertThat(topic).isEmpty();

        queue.recordAttempt(100, new SettlementResult(poll(Outcome.OK), SettlementCompletion.DONE), now);
        assertThat(acknowledged).containsExactly("a 100");
        assertThat(topic).extracting(BackfillEpochs::fromEpoch).containsExactly(101L);
    }

    @Test
    void ignoresTransientFailuresInAttemptCount() {
        addBackfill("a", 100, 101);
        for (SettlementCompletion ending : List.of(
                SettlementCompletion.INCOMPLETE,
                SettlementCompletion.TRANSIENT_FAILURE,
                SettlementCompletion.TRANSIENT_FAILURE,
                SettlementCompletion.INCOMPLETE,
                SettlementCompletion.TRANSIENT_FAILURE,
                SettlementCompletion.INCOMPLETE)) {
            assertThat(acknowledged).isEmpty();
            queue.recordAttempt(100, new SettlementResult(poll(Outcome.FAILED), ending), NOON);
        }
        assertThat(acknowledged).containsExactly("a 100");
        assertThat(topic).extracting(BackfillEpochs::fromEpoch).containsExactly(101L);
    }

    @Test
    void retriesIncompleteEpoch() {
        addBackfill("a", 100, 101);
        queue.recordAttempt(100, new SettlementResult(poll(Outcome.PARTIAL), SettlementCompletion.INCOMPLETE), NOON);
        assertThat(acknowledged).isEmpty();
        assertThat(queue.nextEpoch(RUNNING, NOON.plusSeconds(15))).hasValue(100);
        queue.recordAttempt(100, new SettlementResult(poll(Outcome.PARTIAL), SettlementCompletion.DONE), NOON);
        assertThat(acknowledged).containsExactly("a 100");
    }

    @Test
    void keepsCommandWhoseRemainderIsUnsent() {
        AtomicBoolean unavailable = new AtomicBoolean(true);
        BackfillQueue failing = new BackfillQueue(remainder -> {
            if (unavailable.get()) {
                throw new PublishFailedException("Kafka is unavailable");
            }
            topic.add(remainder);
        });
        failing.add(new BackfillTask(
                new BackfillEpochs("a", new TrackerName("demo"), NOON, 100, 101), () -> acknowledged.add("a 100")));
        SettlementResult fetched = new SettlementResult(poll(Outcome.OK), SettlementCompletion.DONE);
        failing.recordAttempt(100, fetched, NOON);
        assertThat(acknowledged).isEmpty();
        assertThat(failing.nextEpoch(RUNNING, NOON)).isEmpty();
        assertThat(failing.nextEpoch(RUNNING, NOON.plusSeconds(15))).hasValue(100);

        unavailable.set(false);
        failing.recordAttempt(100, fetched, NOON.plusSeconds(16));
        assertThat(acknowledged).containsExactly("a 100");
        assertThat(topic).extracting(BackfillEpochs::fromEpoch).containsExactly(101L);
    }

    private void addBackfill(String id, long from, long to) {
        receive(new BackfillEpochs(id, new TrackerName("demo"), NOON, from, to));
    }

    private void receive(BackfillEpochs backfill) {
        queue.add(new BackfillTask(backfill, () -> acknowledged.add(backfill.id() + " " + backfill.fromEpoch())));
    }

    private void fetch(long epoch, Outcome outcome) {
        queue.recordAttempt(
                epoch,
                new SettlementResult(
                        poll(outcome),
                        outcome == Outcome.FAILED ? SettlementCompletion.INCOMPLETE : SettlementCompletion.DONE),
                NOON);
    }

    private static Poll poll(Outcome outcome) {
        return TestMessages.poll().outcome(outcome).build();
    }

    private List<Long> processAll(Outcome outcome) {
        List<Long> epochs = new ArrayList<>();
        OptionalLong next = queue.nextEpoch(RUNNING, NOON);
        while (next.isPresent()) {
            epochs.add(next.getAsLong());
            fetch(next.getAsLong(), outcome);
            topic.forEach(this::receive);
            topic.clear();
            next = queue.nextEpoch(RUNNING, NOON);
        }
        return epochs;
    }
}
