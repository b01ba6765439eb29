package io.gonkapulse.trackerpoller.trackerapi.conformance;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.networksimulator.chain.ChainCalendar;
import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import io.gonkapulse.trackerpoller.trackerapi.TrackerApi;
import io.gonkapulse.trackerpoller.trackerapi.TrackerType;
import io.gonkapulse.trackerpoller.trackerapi.gonkanode.GonkaNodeType;
import io.gonkapulse.trackerpoller.trackerapi.gonkatracker.GonkaTrackerType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A small network in the middle of an epoch, and one of its faces with a source that listens to it. */
final class TrackerTypeFixture implements AutoCloseable {

    final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-10T12:00:00Z"));
    final SimulatedNetwork network =
            SimulatedNetwork.of(NetworkPlan.defaults().seed(3).participants(200), clock);
    final ChainCalendar calendar = network.calendar();
    final SimulatedEndpoint face;
    final DirectTrackerClient client;
    final TrackerApi api;
    private final boolean tracker;

    private TrackerTypeFixture(boolean tracker) {
        TrackerType kind = tracker ? new GonkaTrackerType() : new GonkaNodeType();
        this.tracker = tracker;
        face = tracker ? network.openTracker() : network.openNode();
        client = new DirectTrackerClient(face.url(), clock);
        api = kind.createApi();
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

    /** The running epoch, told with quirks. */
    EpochReading read(EndpointFault... quirks) {
        face.injectFaults(quirks);
        try {
            return EpochReading.read(api, client);
        } finally {
            face.removeAllFaults();
        }
    }

    long height() {
        return calendar.heightAt(clock.instant());
    }

    /** A little past a block, so that the tracker has looked since. */
    void moveTo(long height) {
        clock.setTo(calendar.blockTime(height).plus(Duration.ofSeconds(25)));
    }

    List<NodeIdentifier> members(long epoch) {
        return network.nodes(epoch).toList();
    }

    NodeCounters truth(NodeIdentifier node, long epoch, long height) {
        return counters(network.truth().liveCounters(node, epoch, height));
    }

    static NodeCounters counters(io.gonkapulse.networksimulator.model.SimulatedCounters work) {
        return new NodeCounters(
                Ngonka.of(work.earned()), work.inferences(), work.missed(), work.validated(), work.invalidated());
    }

    @Override
    public void close() {
        face.close();
        if (client.openResponses() != 0) {
            throw new AssertionError("Expected all answers to be closed, but " + client.openResponses() + " are open");
        }
    }
}
