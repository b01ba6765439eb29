package io.gonkapulse.workercore.schemagate;

import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Reports down if a consumer stopped by itself, because only a new process starts it again. Part of
 * the liveness group.
 */
public final class ConsumerLivenessHealthIndicator implements HealthIndicator {

    private final SchemaGate gate;

    public ConsumerLivenessHealthIndicator(SchemaGate gate) {
        this.gate = gate;
    }

    @Override
    public Health health() {
        List<String> stopped = gate.consumers().stream()
                .filter(consumer -> gate.isOpen() && !consumer.isInExpectedState())
                .map(consumer -> consumer.topic().name())
                .toList();
        return stopped.isEmpty()
                ? Health.up().build()
                : Health.down().withDetail("stopped", stopped).build();
    }
}
