package io.gonkapulse.trackerpoller.settle;

import static io.gonkapulse.testkit.messages.Messages.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.testkit.messages.Messages;
import io.gonkapulse.trackerpoller.fixtures.Trackers;
import io.gonkapulse.trackerpoller.poll.PollResult.Seen;
import io.gonkapulse.trackerpoller.source.PastEpoch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettlementPlanTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final SettlementPlan plan =
            new SettlementPlan(Trackers.settings("gonka-tracker", Duration.ofMinutes(1), 3));

    @Test
    void knowsNothingBeforeTheFirstPoll() {
        assertThat(plan.running()).isEmpty();
        assertThat(plan.due(NOON)).isEmpty();
        assertThat(plan.seen()).isEmpty();
    }

    @Test
    void asksForTheLastEpochsAtOnceTheNewestFirst() {
        plan.sees(new Seen(105, Set.of(node(1))), NOON);
        assertThat(dueOneAfterTheOther(NOON, Outcome.OK)).containsExactly(104L, 103L, 102L);
        assertThat(plan.running()).hasValue(105);
    }

    @Test
    void asksForNoEpochBeforeTheFirst() {
        plan.sees(new Seen(2, Set.of(node(1))), NOON);
        assertThat(dueOneAfterTheOther(NOON, Outcome.OK)).containsExactly(1L);
    }

    @Test
    void asksAgainAfterAQuarterOfAnHourWhileRewardsAreUnclaimed() {
        plan.sees(new Seen(105, Set.of(node(1))), NOON);
        dueOneAfterTheOther(NOON, Outcome.OK);
        assertThat(plan.due(NOON.plusSeconds(899))).isEmpty();
        assertThat(dueOneAfterTheOther(NOON.plusSeconds(900), Outcome.OK)).containsExactly(104L, 103L, 102L);
    }

    @Test
    void asksSoonerAndThenMoreAndMoreSeldomWhileSomethingIsMissing() {
        plan.sees(new Seen(2, Set.of(node(1))), NOON);
        Instant now = NOON;
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            OpenEpoch epoch = plan.due(now).orElseThrow();
            plan.asked(epoch, poll(i % 2 == 0 ? Outcome.FAILED : Outcome.PARTIAL), now);
            Instant next = now;
            while (plan.due(next).isEmpty()) {
                next = next.plus(Duration.ofMinutes(1));
            }
            pauses.add(Duration.between(now, next).toMinutes());
            now = next;
        }
        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 15L, 15L);
    }

    @Test
    void asksForAllAgainWhenAnotherEpochIsOver() {
        plan.sees(new Seen(105, Set.of(node(1))), NOON);
        dueOneAfterTheOther(NOON, Outcome.OK);
        plan.sees(new Seen(106, Set.of(node(1))), NOON.plusSeconds(60));
        assertThat(dueOneAfterTheOther(NOON.plusSeconds(60), Outcome.OK)).containsExactly(105L, 104L, 103L);
    }

    @Test
    void forgetsAnEpochOfWhichNothingCanChange() {
        plan.sees(new Seen(2, Set.of(node(1))), NOON);
        OpenEpoch epoch = plan.due(NOON).orElseThrow();
        epoch.complete();
        plan.asked(epoch, poll(Outcome.OK), NOON);
        assertThat(plan.due(NOON.plus(Duration.ofDays(365)))).isEmpty();
    }

    @Test
    void takesThoseWhoWereSeenInAnEpochAlongWhenItIsOver() {
        plan.sees(new Seen(105, Set.of(node(1), node(2))), NOON);
        plan.sees(new Seen(105, Set.of(node(2), node(3))), NOON.plusSeconds(60));
        assertThat(plan.seen()).containsExactlyInAnyOrder(node(1), node(2), node(3));

        plan.sees(new Seen(106, Set.of(node(4))), NOON.plusSeconds(120));
        OpenEpoch over = plan.due(NOON.plusSeconds(120)).orElseThrow();
        PastEpoch past = new PastEpoch(105, Set.of(node(5)), NOON, 1L, Optional.empty(), Optional.empty());
        assertThat(over.number()).isEqualTo(105);
        assertThat(over.unfinished(past)).containsExactlyInAnyOrder(node(1), node(2), node(3), node(5));
        assertThat(plan.seen()).containsExactly(node(4));
    }

    @Test
    void recoversFromATrackerThatNamedAnAbsurdEpochOnce() {
        plan.sees(new Seen(105, Set.of(node(1))), NOON);
        plan.sees(new Seen(1_000_000_000L, Set.of(node(1))), NOON.plusSeconds(60));
        plan.sees(new Seen(105, Set.of(node(1))), NOON.plusSeconds(120));
        assertThat(plan.running()).hasValue(105);
        assertThat(dueOneAfterTheOther(NOON.plusSeconds(120), Outcome.OK)).containsExactly(104L, 103L, 102L);
    }

    private List<Long> dueOneAfterTheOther(Instant now, Outcome outcome) {
        List<Long> epochs = new ArrayList<>();
        Optional<OpenEpoch> due = plan.due(now);
        while (due.isPresent()) {
            epochs.add(due.get().number());
            plan.asked(due.get(), poll(outcome), now);
            due = plan.due(now);
        }
        return epochs;
    }

    private static Poll poll(Outcome outcome) {
        return Messages.poll().outcome(outcome).build();
    }
}
