package io.gonkapulse.benchmarks.poller;

import io.gonkapulse.benchmarks.process.ForkedProcess;
import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.http.LoopbackHttpServer;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import java.io.IOException;

/** Serves recorded responses of the simulated network, for both tracker types. */
final class SimulatedTrackersMain {

    private SimulatedTrackersMain() {}

    /**
     * Reports the address of the tracker, then of the chain node.
     *
     * @param args number of participants
     */
    public static void main(String[] args) throws IOException {
        NetworkPlan plan = NetworkPlan.defaults().participants(Integer.parseInt(args[0]));
        SimulatedNetwork network = SimulatedNetwork.of(plan, PolledTrackerType.FIXED_CLOCK);
        try (SimulatedEndpoint tracker = network.openTracker();
                SimulatedEndpoint node = network.openNode();
                LoopbackHttpServer trackerServer = LoopbackHttpServer.start(0, new RecordingResponder(tracker.url()));
                LoopbackHttpServer nodeServer = LoopbackHttpServer.start(0, new RecordingResponder(node.url()))) {
            ForkedProcess.report(url(trackerServer));
            ForkedProcess.report(url(nodeServer));
            ForkedProcess.awaitStop();
        }
        System.exit(0);
    }

    private static String url(LoopbackHttpServer server) {
        return "http://127.0.0.1:" + server.port();
    }
}
