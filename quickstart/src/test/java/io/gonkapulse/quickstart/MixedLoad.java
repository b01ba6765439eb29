package io.gonkapulse.quickstart;

import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Readers that send random requests until they are closed; records errors and response times. */
final class MixedLoad implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    /** With the thread of the test, as many as the gateway's permits for range queries. */
    private static final int READERS = 3;

    private final QuickstartApiClient api;
    private final List<String> nodes;
    private final ClosedDays closed;
    /** The readers share observed totals, to find contradictions. */
    private final Map<String, String> totals = new ConcurrentHashMap<>();

    private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final AtomicInteger responses = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(READERS);
    private volatile boolean stopping;

    private MixedLoad(QuickstartApiClient api, List<String> nodes, ClosedDays closed) {
        this.api = api;
        this.nodes = nodes;
        this.closed = closed;
    }

    static MixedLoad start(QuickstartApiClient api, List<String> nodes, ClosedDays closed) {
        MixedLoad load = new MixedLoad(api, nodes, closed);
        for (int seed = 1; seed <= READERS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            load.threads.execute(() -> load.read(random));
        }
        return load;
    }

    int responseCount() {
        return responses.get();
    }

    List<String> errors() {
        return List.copyOf(errors);
    }

    private void read(SplittableRandom random) {
        try {
            while (!stopping) {
                sendRandomRequest(random);
                responses.incrementAndGet();
            }
        } catch (RuntimeException e) {
            errors.add(e.toString());
        }
    }

    private void sendRandomRequest(SplittableRandom random) {
        String node = "/api/v1/nodes/" + nodes.get(random.nextInt(nodes.size()));
        switch (random.nextInt(8)) {
            case 0 -> send("/api/v1/nodes?limit=100&sort=-earningsTotal");
            case 1 -> send("/api/v1/nodes?limit=100&q=" + random.nextInt(10));
            case 2 -> send(node + "/health");
            case 3 -> send("/api/v1/network");
            case 4 -> send("/api/v1/trackers");
            case 5, 6 -> compare(node + "/earnings" + closed.query());
            default -> send(node);
        }
    }

    /** Nodes that never took part are unknown: 404 is correct for them. */
    private HttpResponse<String> send(String path) {
        long begin = System.nanoTime();
        HttpResponse<String> response = api.send(path);
        nanos.add(System.nanoTime() - begin);
        boolean unknownNode = response.statusCode() == 404 && path.startsWith("/api/v1/nodes/");
        if (response.statusCode() != 200 && !unknownNode) {
            errors.add(path + " returned " + response.statusCode() + ": " + response.body());
        }
        return response;
    }

    private void compare(String path) {
        HttpResponse<String> response = send(path);
        if (response.statusCode() == 200) {
            JsonNode body = JSON.readTree(response.body());
            String total = body.get("totalNgonka").asString();
            BigInteger sum = body.get("items")
                    .valueStream()
                    .map(item -> new BigInteger(item.get("earningsNgonka").asString()))
                    .reduce(BigInteger.ZERO, BigInteger::add);
            String before = totals.putIfAbsent(path, total);
            if (!sum.toString().equals(total) || (before != null && !before.equals(total))) {
                errors.add(path + ": reported " + before + ", then " + total + ", of items that sum to " + sum);
            }
        }
    }

    /** Waits for the requests in flight. */
    @Override
    public void close() {
        stopping = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
                errors.add("A request did not end within a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        List<Long> sorted = nanos.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "%,d responses, %d errors; p50 %.1f ms, p99 %.1f ms, max %.1f ms",
                sorted.size(),
                errors.size(),
                millis(sorted, 0.5),
                millis(sorted, 0.99),
                millis(sorted, 1));
    }

    private static double millis(List<Long> sorted, double quantile) {
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(quantile * sorted.size()))) / 1e6;
    }
}
