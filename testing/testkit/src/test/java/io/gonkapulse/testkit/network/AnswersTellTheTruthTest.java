package io.gonkapulse.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.testkit.network.model.Health;
import io.gonkapulse.testkit.network.model.Settlement;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AnswersTellTheTruthTest {

    private static final BigInteger NGONKA_PER_GNK = BigInteger.valueOf(1_000_000_000);

    private final QuirkStage stage = new QuirkStage();
    private final long epoch = stage.calendar.currentEpoch(stage.height());

    @AfterEach
    void closeStage() {
        stage.close();
    }

    @Test
    void trackerShowsWholeGnkOfTheRewardsThatAreSettled() {
        stage.network.nodes(epoch).limit(40).forEach(id -> {
            JsonNode details = stage.json(stage.tracker, "/api/v1/participants/" + id + "?epoch_id=" + epoch);
            for (JsonNode reward : details.get("rewards")) {
                Settlement truth = stage.network
                        .truth()
                        .settlement(id, reward.get("epoch_id").asLong(), stage.clock.instant())
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
    void jailLastsUntilTheMinuteThatIsSaid() {
        Set<Health> met = EnumSet.noneOf(Health.class);
        for (int hour = 0; hour < 48; hour++) {
            stage.clock.advance(Duration.ofHours(1));
            JsonNode answer = stage.tracker();
            Instant seen = stage.calendar.blockTime(answer.get("height").asLong());
            QuirkStage.entries(answer).forEach(entry -> met.add(checkJail(entry, seen)));
        }
        assertThat(met).containsExactlyInAnyOrder(Health.values());
    }

    private Health checkJail(JsonNode entry, Instant seen) {
        NodeIdentifier id = NodeIdentifier.parse(entry.get("index").asString());
        Health health = stage.network.truth().health(id, seen);
        assertThat(entry.path("is_jailed").asBoolean(false)).isEqualTo(health == Health.JAILED);
        if (health == Health.JAILED) {
            Instant until = Instant.parse(entry.get("jailed_until").asString());
            assertThat(until).isAfter(seen).isEqualTo(until.truncatedTo(ChronoUnit.MINUTES));
            assertThat(stage.network.truth().health(id, until.minusNanos(1))).isEqualTo(Health.JAILED);
        }
        return health;
    }

    @Test
    void pastEpochAddsUpToWhatWasPaid() {
        long past = epoch - 4;
        BigInteger paid = stage.network
                .nodes(past)
                .map(id -> stage.network
                        .truth()
                        .settlement(id, past, stage.clock.instant())
                        .orElseThrow())
                .map(truth -> truth.settlement().rewarded().amount())
                .reduce(BigInteger.ZERO, BigInteger::add);
        JsonNode answer = stage.json(stage.tracker, "/api/v1/inference/epochs/" + past);
        assertThat(answer.get("total_assigned_rewards_gnk").asLong())
                .isEqualTo(paid.divide(NGONKA_PER_GNK).longValueExact());
        assertThat(QuirkStage.entries(answer))
                .hasSize((int) stage.network.nodes(past).count());
    }

    @Test
    void weightsOfTheMachinesSumToTheParticipants() {
        QuirkStage.entries(stage.tracker()).forEach(entry -> {
            long sum = 0;
            for (JsonNode weight : entry.get("ml_nodes_map")) {
                sum += weight.asLong();
            }
            assertThat(sum).isIn(0L, entry.get("weight").asLong());
        });
    }

    @Test
    void epochAskedForWhileItRunsIsToldAsOfNow() {
        JsonNode answer = stage.json(stage.tracker, "/api/v1/inference/epochs/" + epoch);
        assertThat(answer.get("height")).isEqualTo(stage.tracker().get("height"));
        assertThat(answer.get("is_current").asBoolean()).isFalse();
        assertThat(answer.get("total_assigned_rewards_gnk").isNull()).isTrue();
        assertThat(QuirkStage.stats(answer, "earned_coins"))
                .isEqualTo(QuirkStage.stats(stage.tracker(), "earned_coins"));
    }
}
