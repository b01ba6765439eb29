package io.gonkapulse.trackerpoller.soak;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.Poll.Purpose;
import io.gonkapulse.contracts.SettledSnapshot;
import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.networksimulator.model.BehaviourFrequencies;
import io.gonkapulse.networksimulator.model.ChainCalendar;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import io.gonkapulse.trackerpoller.trackerapi.gonkatracker.GonkaTrackerType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tracker that needs several blocks per response, over a day and a half with a change of the epoch. */
@Tag("slow")
class SlowTrackerTest {

    private static final int NODES = 12;
    private static final Duration BLOCK = Duration.ofMillis(6_020);
    private static final Duration STEP = Duration.ofMinutes(11);
    private static final int STEPS = 200;

    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-10T12:00:00Z"));

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 5, 12, 24})
    void datesCountersByHeightAndSettlesEpochs(int blocks) throws InterruptedException {
        SimulatedNetwork network = SimulatedNetwork.of(
                NetworkPlan.defaults()
                        .seed(8)
                        .participants(NODES)
                        .behaviour(BehaviourFrequencies.steady())
                        .trackerAssemblyTime(BLOCK.multipliedBy(blocks)),
                clock);
        try (SimulatedEndpoint endpoint = network.openTracker();
                TrackerDriver driver = new TrackerDriver(new GonkaTrackerType(), List.of(endpoint), clock)) {
            for (int step = 0; step < STEPS; step++) {
                driver.pollAndSettle();
                clock.advance(STEP);
            }
            assertDatedWithinBlock(driver, network.calendar());
            assertSettlementsSucceeded(driver, network.calendar());
        }
    }

    private static void assertDatedWithinBlock(TrackerDriver driver, ChainCalendar calendar) {
        List<LiveSnapshot> lives = snapshots(driver, LiveSnapshot.class);
        assertThat(lives).hasSizeGreaterThan(NODES * STEPS / 2).allSatisfy(live -> {
            long height = requireNonNull(live.origin().height());
            assertThat(Duration.between(
                                    calendar.blockTime(height), live.origin().observedAt())
                            .abs())
                    .as("block %s of epoch %s", height, live.epoch())
                    .isLessThanOrEqualTo(BLOCK);
        });
    }

    private void assertSettlementsSucceeded(TrackerDriver driver, ChainCalendar calendar) {
        List<Poll> attempts = driver.publisher.polls().stream()
                .filter(poll -> poll.purpose() == Purpose.SETTLEMENT)
                .toList();
        assertThat(attempts).hasSizeGreaterThan(4).allMatch(poll -> poll.outcome() == Outcome.OK);
        long last = calendar.newestSettledEpoch(calendar.heightAt(clock.instant()));
        assertThat(snapshots(driver, SettledSnapshot.class).stream()
                        .filter(settled -> settled.epoch() == last)
                        .map(SettledSnapshot::node)
                        .distinct())
                .hasSize(NODES);
        assertThat(snapshots(driver, SettledSnapshot.class))
                .filteredOn(settled -> settled.epoch() == last)
                .allSatisfy(settled -> assertThat(Duration.between(
                                        calendar.blockTime(calendar.settlementHeight(settled.epoch())),
                                        settled.settlement().settledAt())
                                .abs())
                        .isLessThan(Duration.ofMinutes(2)));
    }

    private static <T> List<T> snapshots(TrackerDriver driver, Class<T> kind) {
        return driver.publisher.snapshots().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
