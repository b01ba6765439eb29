package io.gonkapulse.networksimulator;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.networksimulator.model.ChainCalendar;
import io.gonkapulse.networksimulator.model.NetworkModel;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.stream.Stream;

/**
 * A Gonka network that is computed, not stored: everything follows from its plan and its clock's time. Callers may
 * query any moment in any order, and a restart changes nothing.
 */
public final class SimulatedNetwork {

    private final NetworkModel model;
    private final InstantSource clock;
    private final NetworkTruth truth;

    private SimulatedNetwork(NetworkModel model, InstantSource clock) {
        this.model = model;
        this.clock = clock;
        this.truth = new NetworkTruth(model);
    }

    /**
     * Creates a network.
     *
     * @param clock the network's present; moving it moves the whole network
     */
    public static SimulatedNetwork of(NetworkPlan plan, InstantSource clock) {
        return new SimulatedNetwork(new NetworkModel(plan), clock);
    }

    /** The ground truth: what happened, independent of what the endpoints report. */
    public NetworkTruth truth() {
        return truth;
    }

    /** Heights and times of blocks and epochs. */
    public ChainCalendar calendar() {
        return model.calendar();
    }

    /** All nodes that ever take part. */
    public Stream<NodeIdentifier> nodes() {
        return model.allParticipants().mapToObj(model::identifier);
    }

    /** The nodes of an epoch's active set. */
    public Stream<NodeIdentifier> nodes(long epoch) {
        return model.members(epoch).mapToObj(model::identifier);
    }

    /** Opens a tracker on a free port. */
    public SimulatedEndpoint openTracker() {
        return openTracker(0);
    }

    public SimulatedEndpoint openTracker(int port) {
        return openTracker(loopback(port));
    }

    public SimulatedEndpoint openTracker(InetSocketAddress address) {
        return SimulatedEndpoint.tracker(model, clock, address, "/api/v1");
    }

    /**
     * Opens a tracker whose paths begin with {@code /v1} instead of {@code /api/v1}, as some real ones are
     * installed.
     */
    public SimulatedEndpoint openTrackerWithoutApiPrefix(int port) {
        return SimulatedEndpoint.tracker(model, clock, loopback(port), "/v1");
    }

    /** Opens a chain node on a free port. */
    public SimulatedEndpoint openNode() {
        return openNode(0);
    }

    public SimulatedEndpoint openNode(int port) {
        return openNode(loopback(port));
    }

    public SimulatedEndpoint openNode(InetSocketAddress address) {
        return SimulatedEndpoint.node(model, clock, address);
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
