package io.gonkapulse.networksimulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.networksimulator.DailyTruth.DayTruth;
import io.gonkapulse.networksimulator.NetworkTruth.SettlementTruth;
import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.networksimulator.faults.EndpointFault.FaultOccurrence;
import io.gonkapulse.networksimulator.model.ChainCalendar;
import io.gonkapulse.networksimulator.model.NetworkPlan;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Polls the network for sixty days and compares a plain ledger of its responses with its own truth. */
@Tag("slow")
class NetworkTruthTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final int DAYS = 60;
    private static final int PARTICIPANTS = 250;
    private static final Duration INTERVAL = Duration.ofMinutes(53);

    /** These faults hide health, which a maximum over several polls cannot restore. */
    private static final Set<EndpointFault> FAULTS_HIDING_HEALTH =
            Set.of(EndpointFault.NULL_FLAGS, EndpointFault.DUPLICATE_PARTICIPANTS);

    private static final List<EndpointFault> FAULTS_IN_THE_PAST =
            List.of(EndpointFault.STALE_DATA, EndpointFault.OLDER_HEIGHT, EndpointFault.DUPLICATE_PARTICIPANTS);

    /** A single response does not date these counters. Tests of tracker-poller cover this fault. */
    private static final EndpointFault UNDATED_FAULT = EndpointFault.OLDEST_ROW_FIRST;

    /** A slow body takes a part of a second. */
    private static final int POLLS_PER_SLOW_BODY = 130;

    private final SteppedClock clock = SteppedClock.at(START);
    private final SimulatedNetwork network =
            SimulatedNetwork.of(NetworkPlan.defaults().seed(60).participants(PARTICIPANTS), clock);
    private final ChainCalendar calendar = network.calendar();
    private final List<SimulatedEndpoint> trackers = List.of(network.openTracker(), network.openTracker());
    private final SimulatedEndpoint node = network.openNode();
    private final SimulatedEndpoint reliable = network.openNode();
    private final ReferencePoller poller = new ReferencePoller(new StrictHttpClient(), reliable);
    private final Map<EndpointFault, Integer> injections = new EnumMap<>(EndpointFault.class);
    private final Random random = new Random(7);
    private final List<EndpointFault> quickFaults = Arrays.stream(EndpointFault.values())
            .filter(fault -> fault.occurrence() != FaultOccurrence.ALWAYS
                    && fault != EndpointFault.SLOW_BODY
                    && fault != UNDATED_FAULT)
            .toList();

    @AfterEach
    void closeEndpoints() {
        trackers.forEach(SimulatedEndpoint::close);
        node.close();
        reliable.close();
    }

    @Test
    void matchesReferenceLedgerOverSixtyDays() {
        int polls = pollForSixtyDays();
        assertThat(polls).isGreaterThan(1_600);
        assertThat(poller.accepted).isGreaterThan(polls / 2).isLessThan(polls);
        assertThat(poller.rejectedEntries).isGreaterThan(2_500);
        assertThat(injections)
                .containsKeys(quickFaults.toArray(EndpointFault[]::new))
                .containsKey(EndpointFault.SLOW_BODY);
        assertThat(injections.values()).allMatch(times -> times >= 10);

        assertThat(compareDays()).isGreaterThan(PARTICIPANTS * DAYS);
        assertThat(compareSettlements()).isGreaterThan(10_000);
        assertThat(compareHealth()).isGreaterThan(80_000);
    }

    private int pollForSixtyDays() {
        int polls = 0;
        long settled = calendar.newestSettledEpoch(calendar.heightAt(START));
        Instant end = START.plus(Duration.ofDays(DAYS));
        while (clock.instant().isBefore(end)) {
            poll(polls++);
            poller.recordSettlementHeight(reliable);
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

    /** Polls twice before midnight: the day's last observation comes from an endpoint that reports the past. */
    private int advance(Instant to) {
        Instant midnight = to.truncatedTo(ChronoUnit.DAYS);
        boolean crosses = clock.instant().isBefore(midnight);
        if (crosses) {
            trackers.forEach(SimulatedEndpoint::removeAllFaults);
            clock.setTo(midnight.minusSeconds(120));
            poller.pollTracker(trackers.get(0), true);
            clock.setTo(midnight.minusSeconds(60));
            inject(
                    trackers.get(1),
                    FAULTS_IN_THE_PAST.get(midnight.atZone(ZoneOffset.UTC).getDayOfYear() % 3));
            poller.pollTracker(trackers.get(1), false);
        }
        clock.setTo(to);
        return crosses ? 2 : 0;
    }

    private void poll(int number) {
        SimulatedEndpoint endpoint = number % 3 == 2 ? node : trackers.get(number % 3);
        endpoint.removeAllFaults();
        List<EndpointFault> selected = number % POLLS_PER_SLOW_BODY == 0
                ? List.of(EndpointFault.SLOW_BODY)
                : List.of(
                        quickFaults.get(random.nextInt(quickFaults.size())),
                        quickFaults.get(number % quickFaults.size()));
        boolean quiet = number % 4 == 1;
        if (!quiet) {
            selected.forEach(fault -> inject(endpoint, fault));
        }
        if (endpoint == node) {
            poller.pollNode(node);
        } else {
            poller.pollTracker(endpoint, endpoint.activeFaults().stream().noneMatch(FAULTS_HIDING_HEALTH::contains));
        }
    }

    private void inject(SimulatedEndpoint endpoint, EndpointFault fault) {
        endpoint.injectFaults(fault);
        injections.merge(fault, 1, Integer::sum);
    }

    /** Reads the newest epoch for a few participants and with faults, and the previous epochs completely without. */
    private void readSettlements(long newest) {
        List<EndpointFault> bearable = List.of(
                EndpointFault.REWARDS_NOT_READY,
                EndpointFault.REWARD_HIDDEN_UNTIL_CLAIMED,
                EndpointFault.NEGATIVE_COUNTERS,
                EndpointFault.EXPONENT_NUMBERS,
                EndpointFault.COUNTERS_AS_NUMBERS,
                EndpointFault.ZEROS_MISSING,
                EndpointFault.NEW_FIELDS,
                EndpointFault.OLDER_HEIGHT);
        node.removeAllFaults();
        inject(node, bearable.get((int) (newest % bearable.size())));
        poller.readSettlements(node, newest, 4);
        inject(node, bearable.get((int) ((newest + 3) % bearable.size())));
        poller.readSettlements(node, newest - 1, 3);
        readSettlementsCleanly(newest);
    }

    private void readSettlementsCleanly(long newest) {
        node.removeAllFaults();
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
                ReferenceLedger.Amounts reduced = poller.ledger.on(id.value(), day);
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
                ReferenceLedger.Settled read = entry.getValue();
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
