package io.gonkapulse.trackerpoller.background;

import static io.gonkapulse.testkit.messages.TestMessages.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.testkit.messages.TestMessages;
import io.gonkapulse.trackerpoller.polling.EpochPoller.ObservedEpoch;
import io.gonkapulse.trackerpoller.trackerapi.PastEpoch;
import io.gonkapulse.trackerpoller.trackerapi.TestPollingSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettlementScheduleTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final SettlementSchedule schedule = new SettlementSchedule(
            TestPollingSettings.settings().settledEpochs(3).build());

    @Test
    void isEmptyBeforeFirstPoll() {
        assertThat(schedule.runningEpoch()).isEmpty();
        assertThat(schedule.nextDue(NOON)).isEmpty();
        assertThat(schedule.seenNodes()).isEmpty();
    }

    @Test
    void schedulesLastEpochsNewestFirst() {
        schedule.observe(new ObservedEpoch(105, Set.of(node(1))), NOON);
        assertThat(dueEpochs(NOON, Outcome.OK)).containsExactly(104L, 103L, 102L);
        assertThat(schedule.runningEpoch()).hasValue(105);
    }

    @Test
    void schedulesNoEpochBeforeFirst() {
        schedule.observe(new ObservedEpoch(2, Set.of(node(1))), NOON);
        assertThat(dueEpochs(NOON, Outcome.OK)).containsExactly(1L);
    }

    @Test
    void reschedulesUnclaimedRewards() {
        schedule.observe(new ObservedEpoch(105, Set.of(node(1))), NOON);
        dueEpochs(NOON, Outcome.OK);
        assertThat(schedule.nextDue(NOON.plusSeconds(899))).isEmpty();
        assertThat(dueEpochs(NOON.plusSeconds(900), Outcome.OK)).containsExactly(104L, 103L, 102L);
    }

    @Test
    void backsOffWhileIncomplete() {
        schedule.observe(new ObservedEpoch(2, Set.of(node(1))), NOON);
        Instant now = NOON;
        List<Long> backOffs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            UnfinishedEpoch epoch = schedule.nextDue(now).orElseThrow();
            schedule.recordAttempt(epoch, poll(i % 2 == 0 ? Outcome.FAILED : Outcome.PARTIAL), now);
            Instant next = now;
            while (schedule.nextDue(next).isEmpty()) {
                next = next.plus(Duration.ofMinutes(1));
            }
            backOffs.add(Duration.between(now, next).toMinutes());
            now = next;
        }
        assertThat(backOffs).containsExactly(1L, 2L, 4L, 8L, 15L, 15L);
    }

    @Test
    void reschedulesAllAtNextEpoch() {
        schedule.observe(new ObservedEpoch(105, Set.of(node(1))), NOON);
        dueEpochs(NOON, Outcome.OK);
        schedule.observe(new ObservedEpoch(106, Set.of(node(1))), NOON.plusSeconds(60));
        assertThat(dueEpochs(NOON.plusSeconds(60), Outcome.OK)).containsExactly(105L, 104L, 103L);
    }

    @Test
    void dropsCompleteEpoch() {
        schedule.observe(new ObservedEpoch(2, Set.of(node(1))), NOON);
        UnfinishedEpoch epoch = schedule.nextDue(NOON).orElseThrow();
        epoch.markComplete();
        schedule.recordAttempt(epoch, poll(Outcome.OK), NOON);
        assertThat(schedule.nextDue(NOON.plus(Duration.ofDays(365)))).isEmpty();
    }

    @Test
    void includesObservedNodesInEndedEpoch() {
        schedule.observe(new ObservedEpoch(105, Set.of(node(1), node(2))), NOON);
        schedule.observe(new ObservedEpoch(105, Set.of(node(2), node(3))), NOON.plusSeconds(60));
        assertThat(schedule.seenNodes()).containsExactlyInAnyOrder(node(1), node(2), node(3));

        schedule.observe(new ObservedEpoch(106, Set.of(node(4))), NOON.plusSeconds(120));
        UnfinishedEpoch over = schedule.nextDue(NOON.plusSeconds(120)).orElseThrow();
        PastEpoch past = new PastEpoch(105, Set.of(node(5)), NOON, 1L, Optional.empty(), Optional.empty());
        assertThat(over.number()).isEqualTo(105);
        assertThat(over.unfinishedNodes(past)).containsExactlyInAnyOrder(node(1), node(2), node(3), node(5));
        assertThat(schedule.seenNodes()).containsExactly(node(4));
    }

    @Test
    void recoversFromAbsurdEpoch() {
        schedule.observe(new ObservedEpoch(105, Set.of(node(1))), NOON);
        schedule.observe(new ObservedEpoch(1_000_000_000L, Set.of(node(1))), NOON.plusSeconds(60));
        schedule.observe(new ObservedEpoch(105, Set.of(node(1))), NOON.plusSeconds(120));
        assertThat(schedule.runningEpoch()).hasValue(105);
        assertThat(dueEpochs(NOON.plusSeconds(120), Outcome.OK)).containsExactly(104L, 103L, 102L);
    }

    private List<Long> dueEpochs(Instant now, Outcome outcome) {
        List<Long> epochs = new ArrayList<>();
        Optional<UnfinishedEpoch> due = schedule.nextDue(now);
        while (due.isPresent()) {
            epochs.add(due.get().number());
            schedule.recordAttempt(due.get(), poll(outcome), now);
            due = schedule.nextDue(now);
        }
        return epochs;
    }

    private static Poll poll(Outcome outcome) {
        return TestMessages.poll().outcome(outcome).build();
    }
}
