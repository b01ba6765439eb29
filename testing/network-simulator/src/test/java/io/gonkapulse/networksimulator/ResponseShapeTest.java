package io.gonkapulse.networksimulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.networksimulator.faults.EndpointFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Responses have the fields and types of real ones, as described in {@code network/shapes}. */
class ResponseShapeTest {

    private final FaultFixture fixture = new FaultFixture();
    private final long epoch = fixture.calendar.currentEpoch(fixture.height());

    @AfterEach
    void closeFixture() {
        fixture.close();
    }

    @Test
    void trackerCurrentEpochHasRealShape() {
        assertShape("tracker-current", fixture.tracker());
    }

    @Test
    void trackerPastEpochHasCurrentShape() {
        JsonNode past = fixture.json(fixture.tracker, "/api/v1/inference/epochs/" + (epoch - 3));
        assertShape("tracker-current", past);
        assertThat(past.get("is_current").asBoolean()).isFalse();
        assertThat(past.get("total_assigned_rewards_gnk").asLong()).isPositive();
    }

    @Test
    void trackerParticipantHasRealShape() {
        String path = "/api/v1/participants/" + findCompleteParticipant() + "?epoch_id=" + epoch;
        assertShape("tracker-participant", fixture.json(fixture.tracker, path));
    }

    @Test
    void nodeLatestEpochHasRealShape() {
        assertShape("epochs-latest", fixture.json(fixture.node, "/v1/epochs/latest"));
    }

    @Test
    void nodeActiveSetHasRealShape() {
        assertShape("epochs-participants", fixture.json(fixture.node, FaultFixture.ACTIVE_SET));
        assertShape("epochs-participants", fixture.json(fixture.node, "/v1/epochs/" + (epoch - 7) + "/participants"));
    }

    @Test
    void chainResponsesHaveRealShape() {
        assertShape("chain-participants", fixture.chainParticipants());
        assertShape("performance-summary", chain(fixture.node, "epoch_performance_summary/" + (epoch - 2) + "/"));
        assertShape("hardware-nodes", chain(fixture.node, "hardware_nodes/"));
    }

    @Test
    void consensusResponsesHaveRequiredFields() {
        assertShape("status", fixture.json(fixture.node, "/chain-rpc/status"));
        assertShape("block", fixture.json(fixture.node, "/chain-rpc/block?height=" + (fixture.height() - 5)));
    }

    @Test
    void detectsWrongTypes() {
        JsonShape faulty = JsonShape.of(fixture.tracker(EndpointFault.COUNTERS_AS_NUMBERS));
        assertThat(faulty.differencesFrom(JsonShape.described("tracker-current")))
                .hasSize(7);
    }

    private JsonNode chain(SimulatedEndpoint node, String path) {
        return fixture.json(node, FaultFixture.CHAIN + path + findCompleteParticipant());
    }

    /** Finds a participant with a seed and with machines whose hardware is known. */
    private String findCompleteParticipant() {
        return fixture.network
                .nodes(epoch)
                .filter(id -> fixture.network
                        .truth()
                        .settlement(id, epoch - 2, fixture.clock.instant())
                        .isPresent())
                .filter(id -> {
                    JsonNode details =
                            fixture.json(fixture.tracker, "/api/v1/participants/" + id + "?epoch_id=" + epoch);
                    return !details.at("/ml_nodes/0/hardware").isEmpty()
                            && details.get("seed").isObject();
                })
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static void assertShape(String name, JsonNode response) {
        JsonShape described = JsonShape.described(name);
        JsonShape shape = JsonShape.of(response);
        assertThat(shape.differencesFrom(described)).isEmpty();
        assertThat(shape.missingFrom(described)).isEmpty();
    }
}
