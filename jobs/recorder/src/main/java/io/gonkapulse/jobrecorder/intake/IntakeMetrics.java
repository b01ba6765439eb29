package io.gonkapulse.jobrecorder.intake;

import io.gonkapulse.servicekit.observability.PulseMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts requests by outcome and accepted events by format. */
final class IntakeMetrics {

    private final Counter accepted;
    private final Counter disconnected;
    private final Map<IntakeProblem, Counter> refused = new EnumMap<>(IntakeProblem.class);
    private final Map<IntakeDialect, Counter> events = new EnumMap<>(IntakeDialect.class);

    /** Registers all counters at zero, so that alerts see the first increase. */
    IntakeMetrics(MeterRegistry meters) {
        accepted = requests("accepted", meters);
        disconnected = requests("disconnected", meters);
        for (IntakeProblem problem : IntakeProblem.values()) {
            refused.put(problem, requests(problem.apiName(), meters));
        }
        for (IntakeDialect dialect : IntakeDialect.values()) {
            events.put(
                    dialect,
                    Counter.builder(PulseMeter.INTAKE_EVENTS.id())
                            .description(PulseMeter.INTAKE_EVENTS.description())
                            .tag("dialect", dialect.word())
                            .register(meters));
        }
    }

    private static Counter requests(String outcome, MeterRegistry meters) {
        return Counter.builder(PulseMeter.INTAKE_REQUESTS.id())
                .description(PulseMeter.INTAKE_REQUESTS.description())
                .tag("outcome", outcome)
                .register(meters);
    }

    void countAccepted(IntakeDialect dialect, int count) {
        accepted.increment();
        increment(events.get(dialect), count);
    }

    void countRefused(IntakeProblem problem) {
        increment(refused.get(problem), 1);
    }

    /** The client went away before its body was complete. */
    void countDisconnected() {
        disconnected.increment();
    }

    private static void increment(@Nullable Counter counter, int amount) {
        if (counter != null) {
            counter.increment(amount);
        }
    }
}
