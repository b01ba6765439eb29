package io.gonkapulse.testkit.network;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.testkit.network.chain.Calendar;
import io.gonkapulse.testkit.network.face.Face;
import io.gonkapulse.testkit.network.model.NetworkModel;
import io.gonkapulse.testkit.network.plan.NetworkPlan;
import io.gonkapulse.testkit.network.truth.Truth;
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
    private final Truth truth;

    private SimulatedNetwork(NetworkModel model, InstantSource clock) {
        this.model = model;
        this.clock = clock;
        this.truth = new Truth(model);
    }

    public static SimulatedNetwork of(NetworkPlan plan, InstantSource clock) {
        return new SimulatedNetwork(new NetworkModel(plan), clock);
    }

    /** What really happened. */
    public Truth truth() {
        return truth;
    }

    public Calendar calendar() {
        return model.calendar();
    }

    /** Everybody who ever takes part. */
    public Stream<NodeIdentifier> nodes() {
        return model.everybody().mapToObj(model::identifier);
    }

    /** The active set of an epoch. */
    public Stream<NodeIdentifier> nodes(long epoch) {
        return model.members(epoch).mapToObj(model::identifier);
    }

    /** A tracker on any free port. */
    public Face openTracker() {
        return openTracker(0);
    }

    public Face openTracker(int port) {
        return openTracker(loopback(port));
    }

    public Face openTracker(InetSocketAddress address) {
        return Face.tracker(model, clock, address, "/api/v1");
    }

    /** A tracker installed without {@code /api} before its paths. */
    public Face openTrackerWithoutApiPrefix(int port) {
        return Face.tracker(model, clock, loopback(port), "/v1");
    }

    /** A chain node on any free port. */
    public Face openNode() {
        return openNode(0);
    }

    public Face openNode(int port) {
        return openNode(loopback(port));
    }

    public Face openNode(InetSocketAddress address) {
        return Face.node(model, clock, address);
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
