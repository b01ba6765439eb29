package io.gonkapulse.trackerpoller.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.testkit.network.SimulatedNetwork;
import io.gonkapulse.testkit.network.face.Face;
import io.gonkapulse.testkit.network.face.Route;
import io.gonkapulse.testkit.network.plan.NetworkPlan;
import io.gonkapulse.testkit.network.quirk.Quirk;
import io.gonkapulse.testkit.network.time.SteppedClock;
import io.gonkapulse.trackerpoller.fixtures.Trackers;
import io.gonkapulse.trackerpoller.site.SiteSettings;
import io.gonkapulse.trackerpoller.site.Sites;
import io.gonkapulse.trackerpoller.source.gonkatracker.GonkaTracker;
import io.gonkapulse.trackerpoller.tracker.Tracker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HardwareRoundTest {

    private static final int AT_A_TIME = 20;

    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-10T12:00:00Z"));
    private final SimulatedNetwork network =
            SimulatedNetwork.of(NetworkPlan.defaults().seed(3).participants(40), clock);
    private final Face face = network.openTracker();
    private final Tracker tracker = new Tracker(
            Trackers.settings(),
            new GonkaTracker().source(),
            new Sites(
                    "demo",
                    new SiteSettings(
                            List.of(face.url()), Duration.ofSeconds(5), Duration.ofSeconds(5), 16 << 20, 100_000, 4),
                    clock,
                    (url, outcome, took) -> {}));
    private final HardwareRound round = new HardwareRound(tracker, clock);
    private final List<NodeIdentifier> nodes = network.nodes(
                    network.calendar().currentEpoch(network.calendar().heightAt(clock.instant())))
            .limit(AT_A_TIME + 5)
            .toList();

    @AfterEach
    void close() {
        face.close();
    }

    @Test
    void asksAFewAtATimeAndEverybodyOnceADay() {
        assertThat(round.ask(nodes)).isTrue();
        assertThat(asked()).isEqualTo(AT_A_TIME);
        assertThat(round.ask(nodes)).isTrue();
        assertThat(asked()).isEqualTo(nodes.size());
        assertThat(round.ask(nodes)).isFalse();
        assertThat(nodes)
                .anyMatch(node ->
                        tracker.hardware().complete(node, NodeFacts.NONE).gpuType() != null);

        clock.advance(Duration.ofHours(25));
        assertThat(round.ask(nodes)).isTrue();
        assertThat(asked()).isEqualTo(nodes.size() + AT_A_TIME);
    }

    @Test
    void leavesATrackerInTroubleAloneAfterTheFirstFailure() {
        face.show(Quirk.HTML_WITH_STATUS_200);
        assertThat(round.ask(nodes)).isTrue();
        long failed = asked();
        assertThat(failed).isLessThanOrEqualTo(1);
        face.hideAll();
        assertThat(round.ask(nodes)).isFalse();
        assertThat(asked()).isEqualTo(failed);

        clock.advance(Duration.ofMinutes(6));
        assertThat(round.ask(nodes)).isTrue();
        assertThat(asked()).isEqualTo(failed + AT_A_TIME);
    }

    private long asked() {
        return face.requests(Route.PARTICIPANT);
    }
}
