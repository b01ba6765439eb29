package io.gonkapulse.testkit.network.face;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** How often each thing was asked for, and with which status it was answered. */
final class AnswerCounts {

    private final ConcurrentMap<Answered, LongAdder> counts = new ConcurrentHashMap<>();

    private record Answered(Route route, int status) {}

    void add(Route route, int status) {
        counts.computeIfAbsent(new Answered(route, status), key -> new LongAdder())
                .increment();
    }

    long all() {
        return sum(answered -> true);
    }

    long of(Route route) {
        return sum(answered -> answered.route() == route);
    }

    long of(Route route, int status) {
        return sum(answered -> answered.equals(new Answered(route, status)));
    }

    private long sum(Predicate<Answered> which) {
        return counts.entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .map(Map.Entry::getValue)
                .mapToLong(LongAdder::sum)
                .sum();
    }
}
