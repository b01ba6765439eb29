package io.gonkapulse.workercore.schemagate;

import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down when a consumer has stopped by itself: nothing but a new process starts it again. For the liveness of a service. */
public final class ConsumerLivenessHealthIndicator implements HealthIndicator {

    private final SchemaGate gate;

    public ConsumerLivenessHealthIndicator(SchemaGate gate) {
        this.gate = gate;
    }

    @Override
    public Health health() {
        List<String> stopped = gate.consumers().stream()
                .filter(intake -> gate.isOpen() && !intake.isInExpectedState())
                .map(intake -> intake.topic().name())
                .toList();
        return stopped.isEmpty()
                ? Health.up().build()
                : Health.down().withDetail("stopped", stopped).build();
    }
}
