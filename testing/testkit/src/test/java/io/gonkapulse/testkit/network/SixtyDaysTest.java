package io.gonkapulse.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.testkit.network.chain.Calendar;
import io.gonkapulse.testkit.network.face.Face;
import io.gonkapulse.testkit.network.plan.NetworkPlan;
import io.gonkapulse.testkit.network.quirk.Quirk;
import io.gonkapulse.testkit.network.quirk.Quirk.Occurrence;
import io.gonkapulse.testkit.network.time.SteppedClock;
import io.gonkapulse.testkit.network.truth.DailyTruth;
import io.gonkapulse.testkit.network.truth.DayTruth;
import io.gonkapulse.testkit.network.truth.SettlementTruth;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The network against itself: what it publishes, reduced the naive way, is what it says is true. */
class SixtyDaysTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final int DAYS = 60;
    private static final Duration INTERVAL = Duration.ofMinutes(53);

    /** These change what can be read of health, which has no largest-wins to heal it. */
    private static final Set<Quirk> SPOIL_HEALTH = Set.of(Quirk.NULL_FLAGS, Quirk.DUPLICATE_PARTICIPANTS);

    private static final List<Quirk> LOOKING_BACK =
            List.of(Quirk.STALE_DATA, Quirk.OLDER_HEIGHT, Quirk.DUPLICATE_PARTICIPANTS);

    /** One response alone cannot date these counters. The tracker-poller's own tests cover it. */
    private static final Quirk TIME_NOT_TOLD = Quirk.OLDEST_ROW_FIRST;

    /** It costs most of a second each time. */
    private static final int POLLS_PER_DRIP = 130;

    private final SteppedClock clock = SteppedClock.at(START);
    private final SimulatedNetwork network =
            SimulatedNetwork.of(NetworkPlan.defaults().seed(60).participants(500), clock);
    private final Calendar calendar = network.calendar();
    private final List<Face> trackers = List.of(network.openTracker(), network.openTracker());
    private final Face node = network.openNode();
    private final Face reliable = network.openNode();
    private final NaivePoller poller = new NaivePoller(new Client(), reliable);
    private final Map<Quirk, Integer> timesShown = new EnumMap<>(Quirk.class);
    private final Random random = new Random(7);
    private final List<Quirk> quick = Arrays.stream(Quirk.values())
            .filter(quirk ->
                    quirk.occurrence() != Occurrence.ALWAYS && quirk != Quirk.SLOW_DRIP && quirk != TIME_NOT_TOLD)
            .toList();

    @AfterEach
    void closeFaces() {
        trackers.forEach(Face::close);
        node.close();
        reliable.close();
    }

    @Test
    void whatIsPublishedReducesToTheTruth() {
        int polls = pollForSixtyDays();
        assertThat(polls).isGreaterThan(1_600);
        assertThat(poller.accepted).isGreaterThan(polls / 2).isLessThan(polls);
        assertThat(poller.rejectedEntries).isGreaterThan(5_000);
        assertThat(timesShown).containsKeys(quick.toArray(Quirk[]::new)).containsKey(Quirk.SLOW_DRIP);
        assertThat(timesShown.values()).allMatch(times -> times >= 10);

        assertThat(compareDays()).isGreaterThan(500 * DAYS);
        assertThat(compareSettlements()).isGreaterThan(20_000);
        assertThat(compareHealth()).isGreaterThan(200_000);
    }

    private int pollForSixtyDays() {
        int polls = 0;
        long settled = calendar.newestSettledEpoch(calendar.heightAt(START));
        Instant end = START.plus(Duration.ofDays(DAYS));
        while (clock.instant().isBefore(end)) {
            poll(polls++);
            poller.learnSettlement(reliable);
            long newest = calendar.newestSettledEpoch(calendar.heightAt(clock.instant()));
            if (newest > settled) {
                settled = newest;
                readSettlements(newest);
            }
            polls += advance(clock.instant().plus(INTERVAL));
        }
        readSettlementsCleanly(settled);
        poller.readSettlements(node, settled, 1);
        return polls;
    }

    /** On the way over midnight, looks twice: the day's last word comes from somebody who looks back. */
    private int advance(Instant to) {
        Instant midnight = to.truncatedTo(ChronoUnit.DAYS);
        boolean crosses = clock.instant().isBefore(midnight);
        if (crosses) {
            trackers.forEach(Face::hideAll);
            clock.moveTo(midnight.minusSeconds(120));
            poller.pollTracker(trackers.get(0), true);
            clock.moveTo(midnight.minusSeconds(60));
            show(
                    trackers.get(1),
                    LOOKING_BACK.get(midnight.atZone(ZoneOffset.UTC).getDayOfYear() % 3));
            poller.pollTracker(trackers.get(1), false);
        }
        clock.moveTo(to);
        return crosses ? 2 : 0;
    }

    private void poll(int number) {
        Face face = number % 3 == 2 ? node : trackers.get(number % 3);
        face.hideAll();
        List<Quirk> shown = number % POLLS_PER_DRIP == 0
                ? List.of(Quirk.SLOW_DRIP)
                : List.of(quick.get(random.nextInt(quick.size())), quick.get(number % quick.size()));
        boolean quiet = number % 4 == 1;
        if (!quiet) {
            shown.forEach(quirk -> show(face, quirk));
        }
        if (face == node) {
            poller.pollNode(node);
        } else {
            poller.pollTracker(face, face.shown().stream().noneMatch(SPOIL_HEALTH::contains));
        }
    }

    private void show(Face face, Quirk quirk) {
        face.show(quirk);
        timesShown.merge(quirk, 1, Integer::sum);
    }

    /** The newest epoch is only tried, by a few and with quirks; the ones before are read in earnest. */
    private void readSettlements(long newest) {
        List<Quirk> bearable = List.of(
                Quirk.REWARDS_NOT_READY,
                Quirk.REWARD_HIDDEN_UNTIL_CLAIMED,
                Quirk.NEGATIVE_COUNTERS,
                Quirk.EXPONENT_NUMBERS,
                Quirk.COUNTERS_AS_NUMBERS,
                Quirk.ZEROS_MISSING,
                Quirk.NEW_FIELDS,
                Quirk.OLDER_HEIGHT);
        node.hideAll();
        show(node, bearable.get((int) (newest % bearable.size())));
        poller.readSettlements(node, newest, 4);
        show(node, bearable.get((int) ((newest + 3) % bearable.size())));
        poller.readSettlements(node, newest - 1, 3);
        readSettlementsCleanly(newest);
    }

    private void readSettlementsCleanly(long newest) {
        node.hideAll();
        poller.readSettlements(node, newest - 1, 1);
        poller.readSettlements(node, newest - 2, 1);
        poller.dropFinal(newest - 1);
        poller.dropFinal(newest - 2);
    }

    private int compareDays() {
        DailyTruth truth = network.truth().earnings(poller.observations, clock.instant());
        LocalDate first = LocalDate.ofInstant(START, ZoneOffset.UTC);
        int compared = 0;
        for (NodeIdentifier id : network.nodes().toList()) {
            for (int i = -3; i < DAYS + 3; i++) {
                LocalDate day = first.plusDays(i);
                DayTruth expected = truth.on(id, day);
                NaiveLedger.Amounts reduced = poller.ledger.on(id.value(), day);
                assertThat(reduced.earned())
                        .as("ngonka of %s on %s", id, day)
                        .isEqualTo(expected.earned().amount());
                assertThat(reduced.inferences())
                        .as("inferences of %s on %s", id, day)
                        .isEqualTo(expected.inferences());
                compared++;
            }
        }
        return compared;
    }

    private int compareSettlements() {
        int compared = 0;
        for (NodeIdentifier id : network.nodes().toList()) {
            for (var entry : poller.ledger.settlements(id.value()).entrySet()) {
                NaiveLedger.Settled read = entry.getValue();
                SettlementTruth truth = network.truth()
                        .settlement(id, entry.getKey(), calendar.blockTime(read.height()))
                        .orElseThrow();
                assertThat(read.work().earned())
                        .isEqualTo(truth.settlement().work().earned());
                assertThat(read.rewarded())
                        .isEqualTo(truth.settlement().rewarded().amount());
                assertThat(read.claimed()).isEqualTo(truth.settlement().claimed());
                assertThat(read.forfeited()).isEqualTo(truth.settlement().forfeited());
                compared++;
            }
        }
        return compared;
    }

    private int compareHealth() {
        int compared = 0;
        for (var entry : poller.health.entrySet()) {
            NodeIdentifier id = NodeIdentifier.parse(entry.getKey());
            for (var seen : entry.getValue().entrySet()) {
                assertThat(seen.getValue())
                        .as("health of %s at %s", id, seen.getKey())
                        .isEqualTo(network.truth().health(id, seen.getKey()).name());
                compared++;
            }
        }
        return compared;
    }
}
