package io.gonkapulse.networksimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.networksimulator.NetworkTruth.SettlementTruth;
import io.gonkapulse.networksimulator.model.BehaviourFrequencies;
import io.gonkapulse.networksimulator.model.ChainCalendar;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import io.gonkapulse.networksimulator.model.SimulatedCounters;
import io.gonkapulse.networksimulator.model.SimulatedSettlement;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedNetworkTest {

    private static final Instant NOW = Instant.parse("2026-05-05T17:00:00Z");
    private static final List<String> NODE_PATHS = List.of(
            FaultFixture.ACTIVE_SET,
            "/v1/epochs/latest",
            "/v1/epochs/5/participants",
            "/chain-rpc/status",
            FaultFixture.CHAIN + "participant?pagination.limit=10000");

    private final SteppedClock clock = SteppedClock.at(NOW);
    private final StrictHttpClient client = new StrictHttpClient();

    @Test
    void sameSeedGivesSameBytes() {
        clock.advance(Duration.ofDays(30));
        byte[] later = responses(11);
        clock.setTo(NOW);
        assertThat(responses(11))
                .isEqualTo(responses(11))
                .isNotEqualTo(responses(12))
                .isNotEqualTo(later);
    }

    private byte[] responses(long seed) {
        SimulatedNetwork network = network(seed);
        StringBuilder all = new StringBuilder();
        try (SimulatedEndpoint tracker = network.openTracker();
                SimulatedEndpoint node = network.openNode()) {
            all.append(text(tracker.url() + FaultFixture.CURRENT));
            all.append(text(tracker.url() + "/api/v1/inference/epochs/1"));
            NODE_PATHS.forEach(path -> all.append(text(node.url() + path)));
        }
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }

    private String text(String url) {
        StrictHttpClient.ResponseBody body = client.getOrFail(url);
        assertThat(body.status()).as(url).isEqualTo(200);
        return new String(body.bytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, -7, Long.MIN_VALUE, Long.MAX_VALUE})
    void countersGrowUntilSettlement(long seed) {
        SimulatedNetwork network = network(seed);
        ChainCalendar calendar = network.calendar();
        long epoch = calendar.newestSettledEpoch(calendar.heightAt(NOW));
        long[] heights = new Random(seed)
                .longs(60, calendar.pocStart(epoch), calendar.settlementHeight(epoch))
                .sorted()
                .toArray();
        network.nodes(epoch).forEach(id -> {
            SimulatedCounters before = SimulatedCounters.ZERO;
            for (long height : heights) {
                SimulatedCounters now = network.truth().liveCounters(id, epoch, height);
                assertGrows(before, now);
                before = now;
            }
            assertGrows(before, settlement(network, id, epoch, NOW).settlement().work());
        });
    }

    private static void assertGrows(SimulatedCounters before, SimulatedCounters after) {
        assertThat(after.earned()).isGreaterThanOrEqualTo(before.earned());
        assertThat(after.inferences()).isGreaterThanOrEqualTo(before.inferences());
        assertThat(after.missed()).isGreaterThanOrEqualTo(before.missed());
        assertThat(after.validated()).isGreaterThanOrEqualTo(before.validated());
        assertThat(after.invalidated()).isGreaterThanOrEqualTo(before.invalidated());
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6, 7, 8})
    void dailyAndEpochTotalsAgree(long seed) {
        SimulatedNetwork network = network(seed);
        ChainCalendar calendar = network.calendar();
        Random random = new Random(seed);
        ObservationLog observations = new ObservationLog();
        Map<NodeIdentifier, Ngonka> worth = new HashMap<>();
        long newest = calendar.heightAt(NOW);
        long last = calendar.currentEpoch(newest);
        LongStream.rangeClosed(last - 12, last)
                .forEach(epoch -> network.nodes(epoch).forEach(id -> {
                    Ngonka largest = Ngonka.ZERO;
                    for (int i = random.nextInt(6); i > 0; i--) {
                        long height = random.nextLong(calendar.pocStart(epoch), calendar.effectiveHeight(epoch + 1));
                        observations.recordLive(id, epoch, height);
                        Ngonka earned = Ngonka.of(
                                network.truth().liveCounters(id, epoch, height).earned());
                        largest = height <= newest ? largest.max(earned) : largest;
                    }
                    if (random.nextInt(4) > 0 && epoch <= calendar.newestSettledEpoch(newest)) {
                        observations.recordSettlement(id, epoch, newest);
                        largest = income(settlement(network, id, epoch, NOW).settlement());
                    }
                    worth.merge(id, largest, Ngonka::plus);
                }));
        var days = network.truth().earnings(observations, NOW);
        worth.forEach((id, amount) -> assertThat(
                        days.of(id).values().stream().map(day -> day.earned()).reduce(Ngonka.ZERO, Ngonka::plus))
                .isEqualTo(amount));
        assertThat(days.total()).isEqualTo(worth.values().stream().reduce(Ngonka.ZERO, Ngonka::plus));
    }

    @Test
    void claimsHappenEarlyLateOrNever() {
        SimulatedNetwork network = network(9);
        ChainCalendar calendar = network.calendar();
        long epoch = calendar.newestSettledEpoch(calendar.heightAt(NOW));
        Instant open = calendar.blockTime(calendar.effectiveHeight(epoch + 1));
        Instant next = calendar.blockTime(calendar.settlementHeight(epoch + 1));
        Instant afterNext = calendar.blockTime(calendar.settlementHeight(epoch + 2));
        Map<String, Integer> ways = new HashMap<>();
        network.nodes(epoch).forEach(id -> {
            SettlementTruth known = settlement(network, id, epoch, afterNext.plus(Duration.ofDays(300)));
            assertThat(known.settlement().forfeited())
                    .isNotEqualTo(known.settlement().claimed());
            assertThat(known.forfeitedAt().orElse(afterNext)).isEqualTo(afterNext);
            known.claimedAt().ifPresent(at -> assertThat(at).isAfter(open).isBefore(afterNext));
            String way = known.claimedAt()
                    .map(at -> at.isBefore(next) ? "before the next" : "before the one after")
                    .orElse("never");
            ways.merge(way, 1, Integer::sum);
        });
        assertThat(ways).containsKeys("before the next", "before the one after", "never");
    }

    @Test
    void rewardsShareThePoolBeyond64Bits() {
        BigInteger pool = BigInteger.TWO.pow(70);
        SimulatedNetwork network = SimulatedNetwork.of(
                NetworkPlan.defaults()
                        .participants(50)
                        .behaviour(BehaviourFrequencies.steady())
                        .epochReward(new Ngonka(pool)),
                clock);
        long epoch = network.calendar().newestSettledEpoch(network.calendar().heightAt(NOW));
        List<Ngonka> rewards = network.nodes(epoch)
                .map(id -> settlement(network, id, epoch, NOW).settlement().rewarded())
                .toList();
        assertThat(rewards).hasSize(50).anyMatch(reward -> reward.amount().bitLength() > 63);
        assertThat(rewards.stream().reduce(Ngonka.ZERO, Ngonka::plus).amount())
                .isBetween(pool.subtract(BigInteger.valueOf(50)), pool);
    }

    @Test
    void steadyNetworkIsHealthyAndClaims() {
        SimulatedNetwork network =
                SimulatedNetwork.of(NetworkPlan.defaults().behaviour(BehaviourFrequencies.steady()), clock);
        long epoch = network.calendar().newestSettledEpoch(network.calendar().heightAt(NOW)) - 1;
        assertThat(network.nodes(epoch)).hasSize(500);
        assertThat(network.nodes(epoch))
                .allMatch(id -> network.truth().health(id, NOW).name().equals("HEALTHY"));
        assertThat(network.nodes(epoch))
                .allMatch(id -> settlement(network, id, epoch, NOW).settlement().claimed());
    }

    @Test
    void truthExcludesLaterBlocks() {
        SimulatedNetwork network = network(10);
        ChainCalendar calendar = network.calendar();
        long epoch = calendar.currentEpoch(calendar.heightAt(NOW));
        NodeIdentifier id = network.nodes(epoch).findFirst().orElseThrow();
        ObservationLog observations = new ObservationLog();
        observations.recordLive(id, epoch, calendar.settlementHeight(epoch) - 1);
        observations.recordSettlement(id, epoch, calendar.settlementHeight(epoch));
        assertThat(network.truth().earnings(observations, NOW).of(id)).isEmpty();
        assertThat(network.truth().settlement(id, epoch, NOW)).isEmpty();
        Instant settled = calendar.blockTime(calendar.settlementHeight(epoch));
        assertThat(network.truth().earnings(observations, settled).of(id)).isNotEmpty();
    }

    @Test
    void rejectsNodesOfOtherNetwork() {
        NodeIdentifier stranger = network(1).nodes().findFirst().orElseThrow();
        assertThatThrownBy(() -> network(2).truth().health(stranger, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another seed");
    }

    @Test
    void unchangedDayIsEmpty() {
        SimulatedNetwork network = network(1);
        NodeIdentifier id = network.nodes().findFirst().orElseThrow();
        var days = network.truth().earnings(new ObservationLog(), NOW);
        assertThat(days.on(id, LocalDate.EPOCH).earned()).isEqualTo(Ngonka.ZERO);
        assertThat(days.nodes()).isEmpty();
    }

    /** The amount that the participant keeps. */
    private static Ngonka income(SimulatedSettlement settlement) {
        Ngonka earned = Ngonka.of(settlement.work().earned());
        return settlement.forfeited() ? earned : earned.plus(settlement.rewarded());
    }

    private SimulatedNetwork network(long seed) {
        return SimulatedNetwork.of(NetworkPlan.defaults().seed(seed).participants(120), clock);
    }

    private static SettlementTruth settlement(SimulatedNetwork network, NodeIdentifier id, long epoch, Instant at) {
        return network.truth().settlement(id, epoch, at).orElseThrow();
    }
}
