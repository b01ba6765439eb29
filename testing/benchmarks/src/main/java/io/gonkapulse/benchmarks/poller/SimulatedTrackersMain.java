package io.gonkapulse.benchmarks.poller;

import io.gonkapulse.benchmarks.harness.ForkedProcess;
import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.http.LoopbackExchange;
import io.gonkapulse.networksimulator.http.LoopbackHttpServer;
import io.gonkapulse.networksimulator.http.LoopbackHttpServer.ExchangeHandler;
import io.gonkapulse.networksimulator.http.RequestHead;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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

    /** Replays the first response of another server to each request, so that creating responses costs nothing. */
    static final class RecordingResponder implements ExchangeHandler {

        /** Headers that change the response; requests that differ only in others share a recording. */
        private static final List<String> FORWARDED_HEADERS = List.of("accept-encoding", "x-cosmos-block-height");
        /** Headers that the poller reads. */
        private static final List<String> RETURNED_HEADERS = List.of("content-type", "content-encoding");

        private final HttpClient client = HttpClient.newHttpClient();
        private final Map<HttpRequest, HttpResponse<byte[]>> responses = new ConcurrentHashMap<>();
        private final String originalUrl;

        RecordingResponder(String originalUrl) {
            this.originalUrl = originalUrl;
        }

        @Override
        public void handle(RequestHead request, LoopbackExchange exchange) throws IOException {
            HttpResponse<byte[]> response = responses.computeIfAbsent(originalRequest(request), this::fetch);
            Map<String, String> headers = new LinkedHashMap<>();
            RETURNED_HEADERS.forEach(
                    name -> response.headers().firstValue(name).ifPresent(value -> headers.put(name, value)));
            try (OutputStream body = exchange.startResponse(response.statusCode(), headers)) {
                body.write(response.body());
            }
        }

        /** The key of the recording. */
        private HttpRequest originalRequest(RequestHead request) {
            HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(originalUrl + request.target()));
            FORWARDED_HEADERS.forEach(name -> request.header(name).ifPresent(value -> builder.header(name, value)));
            return builder.build();
        }

        private HttpResponse<byte[]> fetch(HttpRequest request) {
            return client.sendAsync(request, BodyHandlers.ofByteArray()).join();
        }
    }
}
