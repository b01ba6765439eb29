package io.gonkapulse.trackerpoller.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.testkit.network.SimulatedNetwork;
import io.gonkapulse.testkit.network.face.Face;
import io.gonkapulse.testkit.network.plan.BehaviourShares;
import io.gonkapulse.testkit.network.plan.NetworkPlan;
import io.gonkapulse.testkit.network.quirk.Quirk;
import io.gonkapulse.testkit.network.time.SteppedClock;
import io.gonkapulse.trackerpoller.settle.Round;
import io.gonkapulse.trackerpoller.settle.Round.Ending;
import io.gonkapulse.trackerpoller.source.TrackerKind;
import io.gonkapulse.trackerpoller.source.gonkanode.GonkaNode;
import io.gonkapulse.trackerpoller.source.gonkatracker.GonkaTracker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An old epoch is asked for while its tracker, or Kafka, is away: nothing is known of it then, not even that it is lost. */
class BackfilledOutageTest {

    private static final int NODES = 12;
    private static final long NEVER = 9_999;

    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-10T12:00:00Z"));
    private final SimulatedNetwork network = SimulatedNetwork.of(
            NetworkPlan.defaults().seed(8).participants(NODES).shares(BehaviourShares.calm()), clock);
    private final long epoch =
            network.calendar().newestSettledEpoch(network.calendar().heightAt(clock.instant())) - 1;

    @Test
    void whileATrackerIsGone() throws InterruptedException {
        outlives(new GonkaTracker(), network.openTracker());
    }

    @Test
    void whileAChainNodeIsGone() throws InterruptedException {
        outlives(new GonkaNode(), network.openNode());
    }

    private void outlives(TrackerKind kind, Face only) throws InterruptedException {
        try (Face face = only;
                PolledTracker polled = new PolledTracker(kind, List.of(face), clock)) {
            polled.meet();
            face.stop();
            for (int i = 0; i < 4; i++) {
                assertUnanswered(polled.backfill(epoch));
            }
            face.start();
            clock.advance(Duration.ofMinutes(1));
            // A circuit that closes lets only few pass at first, but those that it let pass have closed it.
            Round first = polled.backfill(epoch);
            assertFetched(first.ending() == Ending.WANTING ? polled.backfill(epoch) : first);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTML_WITH_STATUS_200", "SERVICE_UNAVAILABLE", "TOO_MANY_REQUESTS", "RESET_MID_BODY"})
    void whileOthersAnswerForIt(Quirk quirk) throws InterruptedException {
        try (Face face = network.openTracker();
                PolledTracker polled = new PolledTracker(new GonkaTracker(), List.of(face), clock)) {
            polled.meet();
            face.show(quirk);
            for (int i = 0; i < 4; i++) {
                assertUnanswered(polled.backfill(epoch));
            }
        }
    }

    @Test
    void whileNothingCanBePublished() throws InterruptedException {
        try (Face face = network.openNode();
                PolledTracker polled = new PolledTracker(new GonkaNode(), List.of(face), clock)) {
            polled.outlet.breakDown();
            assertUnanswered(polled.backfill(epoch));
            polled.outlet.repair();
            assertFetched(polled.backfill(epoch));
        }
    }

    @Test
    void whatIsAnsweredIsAnAnswerHoweverOftenItIsAskedFor() throws InterruptedException {
        try (Face face = network.openNode();
                PolledTracker polled = new PolledTracker(new GonkaNode(), List.of(face), clock)) {
            for (int i = 0; i < 4; i++) {
                Round round = polled.backfill(NEVER);
                assertThat(round.poll().outcome()).isEqualTo(Outcome.FAILED);
                assertThat(round.ending()).isEqualTo(Ending.WANTING);
            }
        }
    }

    private static void assertUnanswered(Round round) {
        assertThat(round.poll().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(round.ending()).as(round.toString()).isEqualTo(Ending.UNANSWERED);
    }

    private static void assertFetched(Round round) {
        assertThat(round.ending()).isEqualTo(Ending.DONE);
        assertThat(round.poll().outcome()).isEqualTo(Outcome.OK);
        assertThat(round.poll().counts().published()).isEqualTo(NODES);
    }
}
