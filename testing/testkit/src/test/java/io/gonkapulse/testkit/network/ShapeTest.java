package io.gonkapulse.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.testkit.network.face.Face;
import io.gonkapulse.testkit.network.quirk.Quirk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The answers have the fields and types of real ones, as described in {@code network/shapes}. */
class ShapeTest {

    private final QuirkStage stage = new QuirkStage();
    private final long epoch = stage.calendar.currentEpoch(stage.height());

    @AfterEach
    void closeStage() {
        stage.close();
    }

    @Test
    void currentEpochOfATrackerIsShapedLikeTheRealOne() {
        assertShaped("tracker-current", stage.tracker());
    }

    @Test
    void pastEpochOfATrackerIsShapedLikeTheCurrentOne() {
        JsonNode past = stage.json(stage.tracker, "/api/v1/inference/epochs/" + (epoch - 3));
        assertShaped("tracker-current", past);
        assertThat(past.get("is_current").asBoolean()).isFalse();
        assertThat(past.get("total_assigned_rewards_gnk").asLong()).isPositive();
    }

    @Test
    void participantOfATrackerIsShapedLikeItsModel() {
        String path = "/api/v1/participants/" + richOne() + "?epoch_id=" + epoch;
        assertShaped("tracker-participant", stage.json(stage.tracker, path));
    }

    @Test
    void latestEpochOfANodeIsShapedLikeTheRealOne() {
        assertShaped("epochs-latest", stage.json(stage.node, "/v1/epochs/latest"));
    }

    @Test
    void activeSetOfANodeIsShapedLikeTheRealOne() {
        assertShaped("epochs-participants", stage.json(stage.node, QuirkStage.ACTIVE_SET));
        assertShaped("epochs-participants", stage.json(stage.node, "/v1/epochs/" + (epoch - 7) + "/participants"));
    }

    @Test
    void chainAnswersAreShapedLikeTheRealOnes() {
        assertShaped("chain-participants", stage.chainParticipants());
        assertShaped("performance-summary", chain(stage.node, "epoch_performance_summary/" + (epoch - 2) + "/"));
        assertShaped("hardware-nodes", chain(stage.node, "hardware_nodes/"));
    }

    @Test
    void consensusAnswersHaveWhatOthersRelyOn() {
        assertShaped("status", stage.json(stage.node, "/chain-rpc/status"));
        assertShaped("block", stage.json(stage.node, "/chain-rpc/block?height=" + (stage.height() - 5)));
    }

    @Test
    void spoiledTypesAreNoticed() {
        Shape spoiled = Shape.of(stage.tracker(Quirk.COUNTERS_AS_NUMBERS));
        assertThat(spoiled.strangeTo(Shape.described("tracker-current"))).hasSize(7);
    }

    private JsonNode chain(Face node, String question) {
        return stage.json(node, QuirkStage.CHAIN + question + richOne());
    }

    /** A participant with machines whose hardware is known, and with a seed. */
    private String richOne() {
        return stage.network
                .nodes(epoch)
                .filter(id -> stage.network
                        .truth()
                        .settlement(id, epoch - 2, stage.clock.instant())
                        .isPresent())
                .filter(id -> {
                    JsonNode details = stage.json(stage.tracker, "/api/v1/participants/" + id + "?epoch_id=" + epoch);
                    return !details.at("/ml_nodes/0/hardware").isEmpty()
                            && details.get("seed").isObject();
                })
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static void assertShaped(String name, JsonNode answer) {
        Shape described = Shape.described(name);
        Shape shape = Shape.of(answer);
        assertThat(shape.strangeTo(described)).isEmpty();
        assertThat(shape.lacks(described)).isEmpty();
    }
}
