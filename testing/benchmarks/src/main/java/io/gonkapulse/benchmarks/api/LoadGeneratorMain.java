package io.gonkapulse.benchmarks.api;

import io.gonkapulse.benchmarks.api.LoadConnection.LoadRequest;
import io.gonkapulse.benchmarks.harness.ForkedProcess;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Requests random nodes from one thread over many connections and reports the rates and latencies. One thread
 * suffices for the gateway's maximum and takes little processor time from it.
 */
final class LoadGeneratorMain {

    private final LoadOptions load;
    private final Selector selector;
    private final Deque<LoadConnection> idle = new ArrayDeque<>();
    private final LatencyHistogram successful = new LatencyHistogram();
    private final LatencyHistogram rejected = new LatencyHistogram();
    private final SplittableRandom random = new SplittableRandom();
    private final String[] etags;
    private int inFlight;

    private LoadGeneratorMain(LoadOptions load, Selector selector) {
        this.load = load;
        this.selector = selector;
        this.etags = new String[load.nodes()];
        Arrays.fill(etags, "");
    }

    /**
     * Reports one {@link LoadOptions.LoadResult}.
     *
     * @param args see {@link LoadOptions#toArguments()}
     */
    public static void main(String[] args) throws IOException {
        ForkedProcess.haltOnStop();
        try (Selector selector = Selector.open()) {
            new LoadGeneratorMain(LoadOptions.parse(args), selector).run();
        }
        System.exit(0);
    }

    private void run() throws IOException {
        for (int i = 0; i < load.connections(); i++) {
            idle.add(new LoadConnection(load.port(), selector));
        }
        if (load.conditional()) {
            fetchEtags();
        }
        runLoad(load.perSecond(), TimeUnit.SECONDS.toNanos(load.warmupSeconds()));
        successful.reset();
        rejected.reset();
        long start = System.nanoTime();
        runLoad(load.perSecond(), TimeUnit.SECONDS.toNanos(load.seconds()));
        ForkedProcess.report(new LoadOptions.LoadResult(
                        successful.count() * 1e9 / (System.nanoTime() - start),
                        rejected.count() * 1e9 / (System.nanoTime() - start),
                        successful.percentileMillis(0.5),
                        successful.percentileMillis(0.99),
                        successful.percentileMillis(1),
                        rejected.percentileMillis(0.99))
                .toLine());
    }

    /** Requests every node once, so that conditional requests have an ETag for each. */
    private void fetchEtags() throws IOException {
        for (int key = 0; key < load.nodes(); key++) {
            while (idle.isEmpty()) {
                readResponses(1);
            }
            send(request(key, ""), System.nanoTime());
        }
        while (inFlight > 0) {
            readResponses(1);
        }
    }

    /** Sends due requests while connections are idle; otherwise they wait, and the wait counts as latency. */
    private void runLoad(double perSecond, long nanos) throws IOException {
        long start = System.nanoTime();
        ArrivalSchedule schedule = new ArrivalSchedule(start, perSecond);
        for (long now = start; now < start + nanos; now = System.nanoTime()) {
            while (!idle.isEmpty() && schedule.isDue(now)) {
                int key = random.nextInt(load.nodes());
                send(request(key, etags[key]), schedule.scheduleNext(now));
            }
            readResponses(1);
        }
        while (inFlight > 0) {
            readResponses(1);
        }
    }

    private LoadRequest request(int key, String etag) {
        return new LoadRequest(key, load.requestHead(key, etag), load.expectedStatus(etag));
    }

    private void send(LoadRequest request, long dueAt) throws IOException {
        inFlight++;
        idle.remove().send(request, dueAt);
    }

    private void readResponses(long millis) throws IOException {
        selector.select(millis);
        for (SelectionKey key : selector.selectedKeys()) {
            LoadConnection connection = (LoadConnection) key.attachment();
            if (connection.readResponse()) {
                recordLatency(connection);
                inFlight--;
                idle.add(reuseOrReplace(connection));
            }
        }
        selector.selectedKeys().clear();
    }

    /** Tomcat closes a connection after a number of requests and announces it in the last response. */
    private LoadConnection reuseOrReplace(LoadConnection connection) throws IOException {
        if (!connection.response().header("connection").equals("close")) {
            return connection;
        }
        connection.close();
        return new LoadConnection(load.port(), selector);
    }

    private void recordLatency(LoadConnection connection) {
        long latencyNanos = System.nanoTime() - connection.scheduledAt();
        int status = connection.response().status();
        if (status == connection.currentRequest().expectedStatus()) {
            successful.record(latencyNanos);
        } else if (status == 429) {
            rejected.record(latencyNanos);
        } else {
            throw new IllegalStateException("Expected 200, 304 or 429, got " + status);
        }
        if (load.conditional() && status == 200) {
            etags[connection.currentRequest().key()] = connection.response().header("etag");
        }
    }

    /**
     * Decides when requests are due: one after each response, or at a fixed rate that does not wait for responses. A
     * fixed rate shows queueing that a closed loop hides (coordinated omission).
     */
    static final class ArrivalSchedule {

        private final long start;
        private final double perSecond;
        private long scheduled;

        /** @param perSecond 0 for one request after each response */
        ArrivalSchedule(long start, double perSecond) {
            this.start = start;
            this.perSecond = perSecond;
        }

        /** Whether a request must be sent now. */
        boolean isDue(long now) {
            return nextArrival(now) <= now;
        }

        /** Returns the due time of the next request, which may be in the past. */
        long nextArrival(long now) {
            return perSecond == 0 ? now : start + (long) (scheduled * (TimeUnit.SECONDS.toNanos(1) / perSecond));
        }

        /** Marks the next request as sent and returns its due time, from which its latency counts. */
        long scheduleNext(long now) {
            long arrival = nextArrival(now);
            scheduled++;
            return arrival;
        }
    }
}
