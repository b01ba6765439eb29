package io.gonkapulse.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.testkit.network.chain.Calendar;
import io.gonkapulse.testkit.network.face.Face;
import io.gonkapulse.testkit.network.model.Counters;
import io.gonkapulse.testkit.network.plan.BehaviourShares;
import io.gonkapulse.testkit.network.plan.NetworkPlan;
import io.gonkapulse.testkit.network.time.SteppedClock;
import io.gonkapulse.testkit.network.truth.Observations;
import io.gonkapulse.testkit.network.truth.SettlementTruth;
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
            QuirkStage.ACTIVE_SET,
            "/v1/epochs/latest",
            "/v1/epochs/5/participants",
            "/chain-rpc/status",
            QuirkStage.CHAIN + "participant?pagination.limit=10000");

    private final SteppedClock clock = SteppedClock.at(NOW);
    private final Client client = new Client();

    @Test
    void oneSeedMakesOneNetworkByteByByte() {
        clock.advance(Duration.ofDays(30));
        byte[] later = answers(11);
        clock.moveTo(NOW);
        assertThat(answers(11)).isEqualTo(answers(11)).isNotEqualTo(answers(12)).isNotEqualTo(later);
    }

    private byte[] answers(long seed) {
        SimulatedNetwork network = network(seed);
        StringBuilder all = new StringBuilder();
        try (Face tracker = network.openTracker();
                Face node = network.openNode()) {
            all.append(text(tracker.url() + QuirkStage.CURRENT));
            all.append(text(tracker.url() + "/api/v1/inference/epochs/1"));
            NODE_PATHS.forEach(path -> all.append(text(node.url() + path)));
        }
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }

    private String text(String url) {
        Client.Body body = client.getOrFail(url);
        assertThat(body.status()).as(url).isEqualTo(200);
        return new String(body.bytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, -7, Long.MIN_VALUE, Long.MAX_VALUE})
    void countersOnlyGrowWithinAnEpochAndEndAtWhatIsSettled(long seed) {
        SimulatedNetwork network = network(seed);
        Calendar calendar = network.calendar();
        long epoch = calendar.newestSettledEpoch(calendar.heightAt(NOW));
        long[] heights = new Random(seed)
                .longs(60, calendar.pocStart(epoch), calendar.settlementHeight(epoch))
                .sorted()
                .toArray();
        network.nodes(epoch).forEach(id -> {
            Counters before = Counters.ZERO;
            for (long height : heights) {
                Counters now = network.truth().live(id, epoch, height);
                assertGrows(before, now);
                before = now;
            }
            assertGrows(before, settlement(network, id, epoch, NOW).settlement().work());
        });
    }

    private static void assertGrows(Counters before, Counters after) {
        assertThat(after.earned()).isGreaterThanOrEqualTo(before.earned());
        assertThat(after.inferences()).isGreaterThanOrEqualTo(before.inferences());
        assertThat(after.missed()).isGreaterThanOrEqualTo(before.missed());
        assertThat(after.validated()).isGreaterThanOrEqualTo(before.validated());
        assertThat(after.invalidated()).isGreaterThanOrEqualTo(before.invalidated());
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6, 7, 8})
    void sumOfTheDaysIsTheSumOfTheEpochs(long seed) {
        SimulatedNetwork network = network(seed);
        Calendar calendar = network.calendar();
        Random random = new Random(seed);
        Observations observations = new Observations();
        Map<NodeIdentifier, Ngonka> worth = new HashMap<>();
        long newest = calendar.heightAt(NOW);
        long last = calendar.currentEpoch(newest);
        LongStream.rangeClosed(last - 12, last)
                .forEach(epoch -> network.nodes(epoch).forEach(id -> {
                    Ngonka largest = Ngonka.ZERO;
                    for (int i = random.nextInt(6); i > 0; i--) {
                        long height = random.nextLong(calendar.pocStart(epoch), calendar.effectiveHeight(epoch + 1));
                        observations.sawLive(id, epoch, height);
                        Ngonka earned = Ngonka.of(
                                network.truth().live(id, epoch, height).earned());
                        largest = height <= newest ? largest.max(earned) : largest;
                    }
                    if (random.nextInt(4) > 0 && epoch <= calendar.newestSettledEpoch(newest)) {
                        observations.sawSettlement(id, epoch, newest);
                        largest =
                                settlement(network, id, epoch, NOW).settlement().income();
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
    void everyWayOfClaimingHappensAndAForfeitIsForEver() {
        SimulatedNetwork network = network(9);
        Calendar calendar = network.calendar();
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
    void rewardsShareThePoolAndMayFillSixtyFourBits() {
        BigInteger pool = BigInteger.TWO.pow(70);
        SimulatedNetwork network = SimulatedNetwork.of(
                NetworkPlan.defaults()
                        .participants(50)
                        .shares(BehaviourShares.calm())
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
    void calmNetworkIsHealthyAndClaimsPromptly() {
        SimulatedNetwork network = SimulatedNetwork.of(NetworkPlan.defaults().shares(BehaviourShares.calm()), clock);
        long epoch = network.calendar().newestSettledEpoch(network.calendar().heightAt(NOW)) - 1;
        assertThat(network.nodes(epoch)).hasSize(500);
        assertThat(network.nodes(epoch))
                .allMatch(id -> network.truth().health(id, NOW).name().equals("HEALTHY"));
        assertThat(network.nodes(epoch))
                .allMatch(id -> settlement(network, id, epoch, NOW).settlement().claimed());
    }

    @Test
    void nothingIsSeenOfWhatComesLater() {
        SimulatedNetwork network = network(10);
        Calendar calendar = network.calendar();
        long epoch = calendar.currentEpoch(calendar.heightAt(NOW));
        NodeIdentifier id = network.nodes(epoch).findFirst().orElseThrow();
        Observations observations = new Observations();
        observations.sawLive(id, epoch, calendar.settlementHeight(epoch) - 1);
        observations.sawSettlement(id, epoch, calendar.settlementHeight(epoch));
        assertThat(network.truth().earnings(observations, NOW).of(id)).isEmpty();
        assertThat(network.truth().settlement(id, epoch, NOW)).isEmpty();
        Instant settled = calendar.blockTime(calendar.settlementHeight(epoch));
        assertThat(network.truth().earnings(observations, settled).of(id)).isNotEmpty();
    }

    @Test
    void nodesOfAnotherNetworkAreRefused() {
        NodeIdentifier stranger = network(1).nodes().findFirst().orElseThrow();
        assertThatThrownBy(() -> network(2).truth().health(stranger, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another seed");
    }

    @Test
    void dayWithoutAnyChangeHasNothing() {
        SimulatedNetwork network = network(1);
        NodeIdentifier id = network.nodes().findFirst().orElseThrow();
        var days = network.truth().earnings(new Observations(), NOW);
        assertThat(days.on(id, LocalDate.EPOCH).earned()).isEqualTo(Ngonka.ZERO);
        assertThat(days.nodes()).isEmpty();
    }

    private SimulatedNetwork network(long seed) {
        return SimulatedNetwork.of(NetworkPlan.defaults().seed(seed).participants(120), clock);
    }

    private static SettlementTruth settlement(SimulatedNetwork network, NodeIdentifier id, long epoch, Instant at) {
        return network.truth().settlement(id, epoch, at).orElseThrow();
    }
}
