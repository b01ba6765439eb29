package io.gonkapulse.trackerpoller.trackerapi.conformance;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.networksimulator.model.ChainCalendar;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import io.gonkapulse.networksimulator.model.SimulatedCounters;
import io.gonkapulse.trackerpoller.http.DirectTrackerClient;
import io.gonkapulse.trackerpoller.trackerapi.TrackerApi;
import io.gonkapulse.trackerpoller.trackerapi.TrackerType;
import io.gonkapulse.trackerpoller.trackerapi.gonkanode.GonkaNodeType;
import io.gonkapulse.trackerpoller.trackerapi.gonkatracker.GonkaTrackerType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A small network in the middle of an epoch, one simulated endpoint and its API. */
final class TrackerTypeFixture implements AutoCloseable {

    final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-10T12:00:00Z"));
    final SimulatedNetwork network =
            SimulatedNetwork.of(NetworkPlan.defaults().seed(3).participants(200), clock);
    final ChainCalendar calendar = network.calendar();
    final SimulatedEndpoint endpoint;
    final DirectTrackerClient client;
    final TrackerApi api;
    private final boolean tracker;

    private TrackerTypeFixture(boolean tracker) {
        TrackerType type = tracker ? new GonkaTrackerType() : new GonkaNodeType();
        this.tracker = tracker;
        endpoint = tracker ? network.openTracker() : network.openNode();
        client = new DirectTrackerClient(endpoint.url(), clock);
        api = type.createApi();
    }

    static TrackerTypeFixture tracker() {
        return new TrackerTypeFixture(true);
    }

    static TrackerTypeFixture node() {
        return new TrackerTypeFixture(false);
    }

    boolean isTracker() {
        return tracker;
    }

    /** Reads the running epoch with these faults. */
    EpochReading read(EndpointFault... faults) {
        endpoint.injectFaults(faults);
        try {
            return EpochReading.read(api, client);
        } finally {
            endpoint.removeAllFaults();
        }
    }

    long height() {
        return calendar.heightAt(clock.instant());
    }

    /** A little after the block, so that the tracker has refreshed its response. */
    void moveTo(long height) {
        clock.setTo(calendar.blockTime(height).plus(Duration.ofSeconds(25)));
    }

    List<NodeIdentifier> members(long epoch) {
        return network.nodes(epoch).toList();
    }

    NodeCounters truth(NodeIdentifier node, long epoch, long height) {
        return counters(network.truth().liveCounters(node, epoch, height));
    }

    static NodeCounters counters(SimulatedCounters work) {
        return new NodeCounters(
                Ngonka.of(work.earned()), work.inferences(), work.missed(), work.validated(), work.invalidated());
    }

    @Override
    public void close() {
        endpoint.close();
        if (client.openResponses() != 0) {
            throw new AssertionError("Expected all responses to be closed, open: " + client.openResponses());
        }
    }
}
