package io.gonkapulse.quickstart;

import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends random requests until its end time; records errors and response times. */
final class MixedReader {

    private static final JsonMapper JSON = new JsonMapper();

    private final QuickstartApiClient api;
    private final List<String> nodes;
    private final ClosedDays closed;
    private final InstantSource clock;
    private final Instant end;
    private final Map<String, String> totals;
    private final SplittableRandom random;
    private final List<Long> nanos = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();

    private MixedReader(
            QuickstartApiClient api,
            List<String> nodes,
            ClosedDays closed,
            InstantSource clock,
            Instant end,
            Map<String, String> totals,
            long seed) {
        this.api = api;
        this.nodes = nodes;
        this.closed = closed;
        this.clock = clock;
        this.end = end;
        this.totals = totals;
        this.random = new SplittableRandom(seed);
    }

    /** The readers share observed totals, to find contradictions. */
    static Stream<MixedReader> create(
            int count,
            QuickstartApiClient api,
            List<String> nodes,
            ClosedDays closed,
            InstantSource clock,
            Instant end) {
        Map<String, String> totals = new ConcurrentHashMap<>();
        return Stream.iterate(1L, seed -> seed + 1)
                .limit(count)
                .map(seed -> new MixedReader(api, nodes, closed, clock, end, totals, seed));
    }

    static MixedReader combine(List<Future<MixedReader>> readings) throws ExecutionException, InterruptedException {
        MixedReader first = readings.get(0).get();
        for (Future<MixedReader> other : readings.subList(1, readings.size())) {
            first.nanos.addAll(other.get().nanos);
            first.errors.addAll(other.get().errors);
        }
        first.nanos.sort(null);
        return first;
    }

    Callable<MixedReader> task() {
        return () -> {
            while (clock.instant().isBefore(end)) {
                sendRandomRequest();
            }
            return this;
        };
    }

    int responseCount() {
        return nanos.size();
    }

    List<String> errors() {
        return errors;
    }

    private void sendRandomRequest() {
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

    private double millis(double quantile) {
        return nanos.get((int) Math.min(nanos.size() - 1L, Math.round(quantile * nanos.size()))) / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d responses, %d errors; p50 %.1f ms, p99 %.1f ms, max %.1f ms",
                nanos.size(),
                errors.size(),
                millis(0.5),
                millis(0.99),
                millis(1));
    }
}
