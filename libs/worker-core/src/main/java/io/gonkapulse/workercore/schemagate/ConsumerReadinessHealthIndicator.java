package io.gonkapulse.workercore.schemagate;

import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Reports up while the consumers run, and otherwise what they wait for. Lag is covered by an alert,
 * not by health.
 */
public final class ConsumerReadinessHealthIndicator implements HealthIndicator {

    private final SchemaGate gate;

    public ConsumerReadinessHealthIndicator(SchemaGate gate) {
        this.gate = gate;
    }

    @Override
    public Health health() {
        if (!gate.isOpen()) {
            return Health.outOfService()
                    .withDetail("waiting", gate.waitingReason())
                    .build();
        }
        List<String> stopped = gate.consumers().stream()
                .filter(consumer -> !consumer.isRunning() || !consumer.isInExpectedState())
                .map(consumer -> consumer.topic().name())
                .toList();
        return stopped.isEmpty()
                ? Health.up().withDetail("schema", gate.schemaState().reason()).build()
                : Health.down().withDetail("stopped", stopped).build();
    }
}
