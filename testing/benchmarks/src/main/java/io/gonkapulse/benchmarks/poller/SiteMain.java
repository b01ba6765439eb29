package io.gonkapulse.benchmarks.poller;

import io.gonkapulse.benchmarks.fork.ForkedProgram;
import io.gonkapulse.testkit.network.SimulatedNetwork;
import io.gonkapulse.testkit.network.face.Face;
import io.gonkapulse.testkit.network.http.LoopbackServer;
import io.gonkapulse.testkit.network.plan.NetworkPlan;
import java.io.IOException;

/** A site of either kind, from recorded answers of a simulated network. */
final class SiteMain {

    private SiteMain() {}

    public static void main(String[] args) throws IOException {
        NetworkPlan plan = NetworkPlan.defaults().participants(Integer.parseInt(args[0]));
        SimulatedNetwork network = SimulatedNetwork.of(plan, PolledKind.CLOCK);
        try (Face tracker = network.openTracker();
                Face node = network.openNode();
                LoopbackServer trackerRecord = LoopbackServer.start(0, new Recording(tracker.url()));
                LoopbackServer nodeRecord = LoopbackServer.start(0, new Recording(node.url()))) {
            ForkedProgram.say(url(trackerRecord));
            ForkedProgram.say(url(nodeRecord));
            ForkedProgram.untilTold();
        }
        System.exit(0);
    }

    private static String url(LoopbackServer server) {
        return "http://127.0.0.1:" + server.port();
    }
}
