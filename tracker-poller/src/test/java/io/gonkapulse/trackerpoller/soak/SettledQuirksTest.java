package io.gonkapulse.trackerpoller.soak;

import static io.gonkapulse.contracts.Poll.Outcome.FAILED;
import static io.gonkapulse.contracts.Poll.Outcome.OK;
import static io.gonkapulse.contracts.Poll.Outcome.PARTIAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Counts;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.testkit.network.SimulatedNetwork;
import io.gonkapulse.testkit.network.face.Face;
import io.gonkapulse.testkit.network.plan.BehaviourShares;
import io.gonkapulse.testkit.network.plan.NetworkPlan;
import io.gonkapulse.testkit.network.quirk.Quirk;
import io.gonkapulse.testkit.network.time.SteppedClock;
import io.gonkapulse.trackerpoller.source.gonkanode.GonkaNode;
import io.gonkapulse.trackerpoller.source.gonkatracker.GonkaTracker;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is published, and counted, of the last four epochs while the only address misbehaves, and once it has recovered. */
class SettledQuirksTest {

    private static final int NODES = 12;
    private static final int EPOCHS = 4;
    private static final Counts ALL = new Counts(NODES, Map.of());
    private static final Counts NOTHING = new Counts(0, Map.of());

    /** The epoch's answer, or the first node's, is of no use. */
    private static final Set<Quirk> FATAL = EnumSet.of(
            Quirk.HTML_WITH_STATUS_200,
            Quirk.TRUNCATED_JSON,
            Quirk.INVALID_UTF8,
            Quirk.DUPLICATE_KEYS,
            Quirk.NEGATIVE_COUNTERS,
            Quirk.TOO_MANY_REQUESTS,
            Quirk.TOO_MANY_REQUESTS_WITH_RETRY_AFTER,
            Quirk.SERVICE_UNAVAILABLE,
            Quirk.RESET_MID_BODY,
            Quirk.TLS_FAILURE,
            Quirk.REDIRECT_LOOP,
            Quirk.EMPTY_PARTICIPANTS);

    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-10T12:00:00Z"));
    private final SimulatedNetwork network = SimulatedNetwork.of(
            NetworkPlan.defaults().seed(8).participants(NODES).shares(BehaviourShares.calm()), clock);

    /** Two quirks that take seconds for each question are left to the polls of the running epoch. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SLOW_DRIP", "ENDLESS_BODY"})
    void ofATracker(Quirk quirk) throws InterruptedException {
        try (Face face = network.openTracker();
                PolledTracker polled = new PolledTracker(new GonkaTracker(), List.of(face), clock)) {
            settle(polled, face, quirk);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SLOW_DRIP", "ENDLESS_BODY"})
    void ofAChainNode(Quirk quirk) throws InterruptedException {
        try (Face face = network.openNode();
                PolledTracker polled = new PolledTracker(new GonkaNode(), List.of(face), clock)) {
            settle(polled, face, quirk);
        }
    }

    private void settle(PolledTracker polled, Face face, Quirk quirk) throws InterruptedException {
        polled.meet();
        polled.outlet.takeSnapshots();
        face.show(quirk);
        polled.settle();
        check(quirk, polled.outlet.polls().subList(1, 1 + EPOCHS), polled.outlet.snapshots());

        face.hideAll();
        for (int rounds = 0; rounds < 3; rounds++) {
            clock.advance(Duration.ofMinutes(16));
            polled.settle();
        }
        if (quirk != Quirk.VANISHED_PARTICIPANTS) {
            assertThat(settled(polled.outlet.snapshots())).hasSize(NODES * EPOCHS);
        }
    }

    /** The newest epoch comes first. */
    private static void check(Quirk quirk, List<Poll> polls, List<Snapshot> snapshots) {
        if (FATAL.contains(quirk)) {
            assertThat(polls).allSatisfy(poll -> assertPoll(poll, FAILED, NOTHING));
            assertThat(snapshots).isEmpty();
        } else if (quirk == Quirk.VANISHED_PARTICIPANTS) {
            assertThat(polls)
                    .allMatch(poll -> poll.outcome() == OK)
                    .allMatch(poll -> poll.counts().skipped().isEmpty())
                    .allMatch(poll -> poll.counts().published() > 0)
                    .anyMatch(poll -> poll.counts().published() < NODES);
        } else {
            checkNewest(quirk, polls.get(0));
            assertThat(polls.subList(1, EPOCHS)).allSatisfy(poll -> assertPoll(poll, OK, ALL));
            assertThat(snapshots)
                    .hasSize(polls.stream()
                            .mapToInt(poll -> (int) poll.counts().published())
                            .sum());
        }
    }

    /** Some quirks are only about the epoch that ended last. */
    private static void checkNewest(Quirk quirk, Poll poll) {
        switch (quirk) {
            case REWARDS_NOT_READY -> assertPoll(poll, FAILED, noneBut("not_ready"));
            case LATEST_AHEAD_OF_CURRENT -> {
                boolean tracker = poll.kind().equals("gonka-tracker");
                assertPoll(poll, tracker ? PARTIAL : FAILED, tracker ? noneBut("no_answer") : NOTHING);
            }
            default -> assertPoll(poll, OK, ALL);
        }
    }

    private static Counts noneBut(String reason) {
        return new Counts(0, Map.of(reason, (long) NODES));
    }

    private static void assertPoll(Poll poll, Outcome outcome, Counts counts) {
        assertThat(poll.outcome()).as(poll.toString()).isEqualTo(outcome);
        assertThat(poll.counts()).as(poll.toString()).isEqualTo(counts);
        assertThat(poll.error() != null).as(poll.toString()).isEqualTo(outcome == FAILED);
    }

    private static Set<List<Object>> settled(List<Snapshot> snapshots) {
        return snapshots.stream()
                .map(snapshot -> List.<Object>of(snapshot.node(), snapshot.epoch()))
                .collect(Collectors.toSet());
    }
}
