package io.gonkapulse.networksimulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.networksimulator.model.ChainCalendar;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A small network in the middle of an epoch, whose endpoints are queried with and without a fault. */
final class FaultFixture implements AutoCloseable {

    static final String CURRENT = "/api/v1/inference/current";
    static final String ACTIVE_SET = "/v1/epochs/current/participants";
    static final String CHAIN = "/chain-api/productscience/inference/inference/";

    final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-10T12:00:00Z"));
    final SimulatedNetwork network =
            SimulatedNetwork.of(NetworkPlan.defaults().seed(3).participants(200), clock);
    final ChainCalendar calendar = network.calendar();
    final SimulatedEndpoint tracker = network.openTracker();
    final SimulatedEndpoint node = network.openNode();
    final StrictHttpClient client = new StrictHttpClient();

    JsonNode tracker(EndpointFault... faults) {
        return json(tracker, CURRENT, faults);
    }

    JsonNode activeSet(EndpointFault... faults) {
        return json(node, ACTIVE_SET, faults).get("active_participants");
    }

    JsonNode chainParticipants(EndpointFault... faults) {
        return json(node, CHAIN + "participant?pagination.limit=10000", faults);
    }

    JsonNode json(SimulatedEndpoint endpoint, String path, EndpointFault... faults) {
        return client.parse(raw(endpoint, path, faults).bytes());
    }

    StrictHttpClient.ResponseBody raw(SimulatedEndpoint endpoint, String path, EndpointFault... faults) {
        endpoint.injectFaults(faults);
        try {
            return client.getOrFail(endpoint.url() + path);
        } finally {
            endpoint.removeAllFaults();
        }
    }

    /** Whether no complete response arrives. */
    boolean fails(SimulatedEndpoint endpoint, String path, EndpointFault fault) {
        endpoint.injectFaults(fault);
        try {
            client.get(endpoint.url() + path);
            return false;
        } catch (IOException e) {
            return true;
        } finally {
            endpoint.removeAllFaults();
        }
    }

    long height() {
        return calendar.heightAt(clock.instant());
    }

    void moveToHeight(long height) {
        // Later than the tracker's cache TTL of 20 s, so that the tracker has refreshed since that block.
        clock.setTo(calendar.blockTime(height).plusSeconds(25));
    }

    /** The list of participants, which may be empty. */
    static JsonNode participants(JsonNode response) {
        return response.has("participant") ? response.get("participant") : response.get("participants");
    }

    /** Fails the test if there are none, because a condition on all entries would hold then. */
    static List<JsonNode> entries(JsonNode response) {
        List<JsonNode> entries = participants(response).valueStream().toList();
        assertThat(entries).isNotEmpty();
        return entries;
    }

    static List<JsonNode> values(JsonNode response, String field) {
        return entries(response).stream().map(entry -> entry.path(field)).toList();
    }

    static List<JsonNode> stats(JsonNode response, String field) {
        return entries(response).stream()
                .map(entry -> entry.path("current_epoch_stats").path(field))
                .toList();
    }

    @Override
    public void close() {
        tracker.close();
        node.close();
    }
}
