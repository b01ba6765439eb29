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

/** Asks for this and that until its time is up, and remembers what was wrong and how long each answer took. */
final class MixedReader {

    private static final JsonMapper JSON = new JsonMapper();

    private final Api api;
    private final List<String> nodes;
    private final ClosedDays closed;
    private final InstantSource clock;
    private final Instant end;
    private final Map<String, String> totals;
    private final SplittableRandom random;
    private final List<Long> nanos = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    private MixedReader(
            Api api,
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

    /** They compare what they were told of the same days. */
    static Stream<MixedReader> some(
            int count, Api api, List<String> nodes, ClosedDays closed, InstantSource clock, Instant end) {
        Map<String, String> totals = new ConcurrentHashMap<>();
        return Stream.iterate(1L, seed -> seed + 1)
                .limit(count)
                .map(seed -> new MixedReader(api, nodes, closed, clock, end, totals, seed));
    }

    static MixedReader together(List<Future<MixedReader>> readings) throws ExecutionException, InterruptedException {
        MixedReader first = readings.get(0).get();
        for (Future<MixedReader> other : readings.subList(1, readings.size())) {
            first.nanos.addAll(other.get().nanos);
            first.wrong.addAll(other.get().wrong);
        }
        first.nanos.sort(null);
        return first;
    }

    Callable<MixedReader> reading() {
        return () -> {
            while (clock.instant().isBefore(end)) {
                read();
            }
            return this;
        };
    }

    int answers() {
        return nanos.size();
    }

    List<String> wrong() {
        return wrong;
    }

    private void read() {
        String node = "/api/v1/nodes/" + nodes.get(random.nextInt(nodes.size()));
        switch (random.nextInt(8)) {
            case 0 -> ask("/api/v1/nodes?limit=100&sort=-earningsTotal");
            case 1 -> ask("/api/v1/nodes?limit=100&q=" + random.nextInt(10));
            case 2 -> ask(node + "/health");
            case 3 -> ask("/api/v1/network");
            case 4 -> ask("/api/v1/trackers");
            case 5, 6 -> compare(node + "/earnings" + closed.query());
            default -> ask(node);
        }
    }

    /** Nodes that never took part are not known, which is an answer too. */
    private HttpResponse<String> ask(String path) {
        long begin = System.nanoTime();
        HttpResponse<String> answer = api.ask(path);
        nanos.add(System.nanoTime() - begin);
        boolean unknownNode = answer.statusCode() == 404 && path.startsWith("/api/v1/nodes/");
        if (answer.statusCode() != 200 && !unknownNode) {
            wrong.add(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer;
    }

    private void compare(String path) {
        HttpResponse<String> answer = ask(path);
        if (answer.statusCode() == 200) {
            JsonNode told = JSON.readTree(answer.body());
            String total = told.get("totalNgonka").asString();
            BigInteger sum = told.get("items")
                    .valueStream()
                    .map(item -> new BigInteger(item.get("earningsNgonka").asString()))
                    .reduce(BigInteger.ZERO, BigInteger::add);
            String before = totals.putIfAbsent(path, total);
            if (!sum.toString().equals(total) || (before != null && !before.equals(total))) {
                wrong.add(path + ": told " + before + ", then " + total + ", of items that sum to " + sum);
            }
        }
    }

    private double millis(double share) {
        return nanos.get((int) Math.min(nanos.size() - 1L, Math.round(share * nanos.size()))) / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d answers, %d wrong; p50 %.1f ms, p99 %.1f ms, longest %.1f ms",
                nanos.size(),
                wrong.size(),
                millis(0.5),
                millis(0.99),
                millis(1));
    }
}
