package io.gonkapulse.networksimulator;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.networksimulator.chain.ChainCalendar;
import io.gonkapulse.networksimulator.model.NetworkModel;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import io.gonkapulse.networksimulator.truth.NetworkTruth;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.stream.Stream;

/**
 * A Gonka network made of arithmetic: everything it shows follows from its plan and the time on its clock. It can be
 * asked about any moment in any order, and after a restart it goes on as if nothing had been.
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

    public static SimulatedNetwork of(NetworkPlan plan, InstantSource clock) {
        return new SimulatedNetwork(new NetworkModel(plan), clock);
    }

    /** What really happened. */
    public NetworkTruth truth() {
        return truth;
    }

    public ChainCalendar calendar() {
        return model.calendar();
    }

    /** Everybody who ever takes part. */
    public Stream<NodeIdentifier> nodes() {
        return model.allParticipants().mapToObj(model::identifier);
    }

    /** The active set of an epoch. */
    public Stream<NodeIdentifier> nodes(long epoch) {
        return model.members(epoch).mapToObj(model::identifier);
    }

    /** A tracker on any free port. */
    public SimulatedEndpoint openTracker() {
        return openTracker(0);
    }

    public SimulatedEndpoint openTracker(int port) {
        return openTracker(loopback(port));
    }

    public SimulatedEndpoint openTracker(InetSocketAddress address) {
        return SimulatedEndpoint.tracker(model, clock, address, "/api/v1");
    }

    /** A tracker installed without {@code /api} before its paths. */
    public SimulatedEndpoint openTrackerWithoutApiPrefix(int port) {
        return SimulatedEndpoint.tracker(model, clock, loopback(port), "/v1");
    }

    /** A chain node on any free port. */
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
