package io.gonkapulse.networksimulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.networksimulator.model.SimulatedHealth;
import io.gonkapulse.networksimulator.model.SimulatedSettlement;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ResponseTruthTest {

    private static final BigInteger NGONKA_PER_GNK = BigInteger.valueOf(1_000_000_000);

    private final FaultFixture fixture = new FaultFixture();
    private final long epoch = fixture.calendar.currentEpoch(fixture.height());

    @AfterEach
    void closeFixture() {
        fixture.close();
    }

    @Test
    void trackerReportsSettledRewardsInWholeGnk() {
        fixture.network.nodes(epoch).limit(40).forEach(id -> {
            JsonNode details = fixture.json(fixture.tracker, "/api/v1/participants/" + id + "?epoch_id=" + epoch);
            for (JsonNode reward : details.get("rewards")) {
                SimulatedSettlement truth = fixture.network
                        .truth()
                        .settlement(id, reward.get("epoch_id").asLong(), fixture.clock.instant())
                        .orElseThrow()
                        .settlement();
                assertThat(reward.get("assigned_reward_gnk").asLong())
                        .isEqualTo(
                                truth.rewarded().amount().divide(NGONKA_PER_GNK).longValueExact());
                assertThat(reward.get("claimed").asBoolean()).isEqualTo(truth.claimed());
            }
            assertThat(details.get("rewards").size()).isBetween(0, 5);
        });
    }

    @Test
    void jailLastsUntilReportedMinute() {
        Set<SimulatedHealth> seenStates = EnumSet.noneOf(SimulatedHealth.class);
        for (int hour = 0; hour < 48; hour++) {
            fixture.clock.advance(Duration.ofHours(1));
            JsonNode response = fixture.tracker();
            Instant seen = fixture.calendar.blockTime(response.get("height").asLong());
            FaultFixture.entries(response).forEach(entry -> seenStates.add(checkJail(entry, seen)));
        }
        assertThat(seenStates).containsExactlyInAnyOrder(SimulatedHealth.values());
    }

    private SimulatedHealth checkJail(JsonNode entry, Instant seen) {
        NodeIdentifier id = NodeIdentifier.parse(entry.get("index").asString());
        SimulatedHealth health = fixture.network.truth().health(id, seen);
        assertThat(entry.path("is_jailed").asBoolean(false)).isEqualTo(health == SimulatedHealth.JAILED);
        if (health == SimulatedHealth.JAILED) {
            Instant until = Instant.parse(entry.get("jailed_until").asString());
            assertThat(until).isAfter(seen).isEqualTo(until.truncatedTo(ChronoUnit.MINUTES));
            assertThat(fixture.network.truth().health(id, until.minusNanos(1))).isEqualTo(SimulatedHealth.JAILED);
        }
        return health;
    }

    @Test
    void pastEpochTotalEqualsPaidRewards() {
        long past = epoch - 4;
        BigInteger paid = fixture.network
                .nodes(past)
                .map(id -> fixture.network
                        .truth()
                        .settlement(id, past, fixture.clock.instant())
                        .orElseThrow())
                .map(truth -> truth.settlement().rewarded().amount())
                .reduce(BigInteger.ZERO, BigInteger::add);
        JsonNode response = fixture.json(fixture.tracker, "/api/v1/inference/epochs/" + past);
        assertThat(response.get("total_assigned_rewards_gnk").asLong())
                .isEqualTo(paid.divide(NGONKA_PER_GNK).longValueExact());
        assertThat(FaultFixture.entries(response))
                .hasSize((int) fixture.network.nodes(past).count());
    }

    @Test
    void machineWeightsSumToParticipantWeight() {
        FaultFixture.entries(fixture.tracker()).forEach(entry -> {
            long sum = 0;
            for (JsonNode weight : entry.get("ml_nodes_map")) {
                sum += weight.asLong();
            }
            assertThat(sum).isIn(0L, entry.get("weight").asLong());
        });
    }

    @Test
    void runningEpochIsReportedAsOfNow() {
        JsonNode response = fixture.json(fixture.tracker, "/api/v1/inference/epochs/" + epoch);
        assertThat(response.get("height")).isEqualTo(fixture.tracker().get("height"));
        assertThat(response.get("is_current").asBoolean()).isFalse();
        assertThat(response.get("total_assigned_rewards_gnk").isNull()).isTrue();
        assertThat(FaultFixture.stats(response, "earned_coins"))
                .isEqualTo(FaultFixture.stats(fixture.tracker(), "earned_coins"));
    }
}
