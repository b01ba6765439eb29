package io.gonkapulse.testkit.network;

import io.gonkapulse.testkit.network.chain.Calendar;
import io.gonkapulse.testkit.network.face.Face;
import io.gonkapulse.testkit.network.plan.NetworkPlan;
import io.gonkapulse.testkit.network.quirk.Quirk;
import io.gonkapulse.testkit.network.time.SteppedClock;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** A small network in the middle of an epoch, asked the same question with a quirk and without it. */
final class QuirkStage implements AutoCloseable {

    static final String CURRENT = "/api/v1/inference/current";
    static final String ACTIVE_SET = "/v1/epochs/current/participants";
    static final String CHAIN = "/chain-api/productscience/inference/inference/";

    final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-10T12:00:00Z"));
    final SimulatedNetwork network =
            SimulatedNetwork.of(NetworkPlan.defaults().seed(3).participants(200), clock);
    final Calendar calendar = network.calendar();
    final Face tracker = network.openTracker();
    final Face node = network.openNode();
    final Client client = new Client();

    JsonNode tracker(Quirk... quirks) {
        return json(tracker, CURRENT, quirks);
    }

    JsonNode activeSet(Quirk... quirks) {
        return json(node, ACTIVE_SET, quirks).get("active_participants");
    }

    JsonNode chainParticipants(Quirk... quirks) {
        return json(node, CHAIN + "participant?pagination.limit=10000", quirks);
    }

    JsonNode json(Face face, String path, Quirk... quirks) {
        return client.parse(raw(face, path, quirks).bytes());
    }

    Client.Body raw(Face face, String path, Quirk... quirks) {
        face.show(quirks);
        try {
            return client.getOrFail(face.url() + path);
        } finally {
            face.hideAll();
        }
    }

    /** Whether an answer with status and whole body came at all. */
    boolean fails(Face face, String path, Quirk quirk) {
        face.show(quirk);
        try {
            client.get(face.url() + path);
            return false;
        } catch (IOException e) {
            return true;
        } finally {
            face.hideAll();
        }
    }

    long height() {
        return calendar.heightAt(clock.instant());
    }

    void moveTo(long height) {
        // A minute on, so that the tracker's cache has been filled since.
        clock.moveTo(calendar.blockTime(height).plusSeconds(25));
    }

    static List<JsonNode> entries(JsonNode answer) {
        JsonNode list = answer.has("participant") ? answer.get("participant") : answer.get("participants");
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    static List<JsonNode> values(JsonNode answer, String field) {
        return entries(answer).stream().map(entry -> entry.path(field)).toList();
    }

    static List<JsonNode> stats(JsonNode answer, String field) {
        return entries(answer).stream()
                .map(entry -> entry.path("current_epoch_stats").path(field))
                .toList();
    }

    @Override
    public void close() {
        tracker.close();
        node.close();
    }
}
