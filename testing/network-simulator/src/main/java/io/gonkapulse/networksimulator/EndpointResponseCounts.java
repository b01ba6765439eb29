package io.gonkapulse.networksimulator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** Counts responses by route and status. Thread-safe. */
final class EndpointResponseCounts {

    private final ConcurrentMap<RouteStatus, LongAdder> counts = new ConcurrentHashMap<>();

    private record RouteStatus(EndpointRoute route, int status) {}

    void add(EndpointRoute route, int status) {
        counts.computeIfAbsent(new RouteStatus(route, status), key -> new LongAdder())
                .increment();
    }

    long total() {
        return sum(answered -> true);
    }

    long count(EndpointRoute route) {
        return sum(answered -> answered.route() == route);
    }

    long count(EndpointRoute route, int status) {
        return sum(answered -> answered.equals(new RouteStatus(route, status)));
    }

    private long sum(Predicate<RouteStatus> which) {
        return counts.entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .map(Map.Entry::getValue)
                .mapToLong(LongAdder::sum)
                .sum();
    }
}
