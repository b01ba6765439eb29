package io.gonkapulse.benchmarks.api;

import io.gonkapulse.benchmarks.api.HttpClientConnection.Request;
import io.gonkapulse.benchmarks.fork.ForkedProgram;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Asks for random nodes from one thread over many connections, and says what came. */
final class LoadMain {

    private final Load load;
    private final Selector selector;
    private final Deque<HttpClientConnection> idle = new ArrayDeque<>();
    private final Latencies answered = new Latencies();
    private final Latencies turnedAway = new Latencies();
    private final SplittableRandom random = new SplittableRandom();
    private final String[] tags;
    private int underway;

    private LoadMain(Load load, Selector selector) {
        this.load = load;
        this.selector = selector;
        this.tags = new String[load.nodes()];
        Arrays.fill(tags, "");
    }

    public static void main(String[] args) throws IOException {
        ForkedProgram.endWhenTold();
        try (Selector selector = Selector.open()) {
            new LoadMain(Load.parse(args), selector).run();
        }
        System.exit(0);
    }

    private void run() throws IOException {
        for (int i = 0; i < load.connections(); i++) {
            idle.add(new HttpClientConnection(load.port(), selector));
        }
        if (load.conditional()) {
            learnTags();
        }
        ask(load.perSecond(), TimeUnit.SECONDS.toNanos(load.warmSeconds()));
        answered.clear();
        turnedAway.clear();
        long start = System.nanoTime();
        ask(load.perSecond(), TimeUnit.SECONDS.toNanos(load.seconds()));
        ForkedProgram.say(new Load.Result(
                        answered.total() * 1e9 / (System.nanoTime() - start),
                        turnedAway.total() * 1e9 / (System.nanoTime() - start),
                        answered.millis(0.5),
                        answered.millis(0.99),
                        answered.millis(1),
                        turnedAway.millis(0.99))
                .toLine());
    }

    private void learnTags() throws IOException {
        for (int key = 0; key < load.nodes(); key++) {
            while (idle.isEmpty()) {
                take(1);
            }
            send(request(key, ""), System.nanoTime());
        }
        while (underway > 0) {
            take(1);
        }
    }

    private void ask(double perSecond, long nanos) throws IOException {
        long start = System.nanoTime();
        Arrivals arrivals = new Arrivals(start, perSecond);
        for (long now = start; now < start + nanos; now = System.nanoTime()) {
            while (!idle.isEmpty() && arrivals.due(now)) {
                int key = random.nextInt(load.nodes());
                send(request(key, tags[key]), arrivals.take(now));
            }
            take(1);
        }
        while (underway > 0) {
            take(1);
        }
    }

    private Request request(int key, String tag) {
        return new Request(key, load.head(key, tag), load.expectedStatus(tag));
    }

    private void send(Request request, long wantedAt) throws IOException {
        underway++;
        idle.remove().ask(request, wantedAt);
    }

    private void take(long millis) throws IOException {
        selector.select(millis);
        for (SelectionKey ready : selector.selectedKeys()) {
            HttpClientConnection connection = (HttpClientConnection) ready.attachment();
            if (connection.read()) {
                count(connection);
                underway--;
                idle.add(kept(connection));
            }
        }
        selector.selectedKeys().clear();
    }

    /** A server ends a connection after so many requests, and says so with the last answer. */
    private HttpClientConnection kept(HttpClientConnection connection) throws IOException {
        if (!connection.answer().header("connection").equals("close")) {
            return connection;
        }
        connection.close();
        return new HttpClientConnection(load.port(), selector);
    }

    private void count(HttpClientConnection connection) {
        long took = System.nanoTime() - connection.since();
        int status = connection.answer().status();
        if (status == connection.asked().expectedStatus()) {
            answered.add(took);
        } else if (status == 429) {
            turnedAway.add(took);
        } else {
            throw new IllegalStateException("Expected 200, 304 or 429, got " + status);
        }
        if (load.conditional() && status == 200) {
            tags[connection.asked().key()] = connection.answer().header("etag");
        }
    }
}
