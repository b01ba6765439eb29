package io.gonkapulse.workercore.schemagate;

import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while the consumers run; else it says what they wait for. How far behind they are is an alert, not health. */
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
                .filter(intake -> !intake.isRunning() || !intake.isInExpectedState())
                .map(intake -> intake.topic().name())
                .toList();
        return stopped.isEmpty()
                ? Health.up().withDetail("schema", gate.schemaState().reason()).build()
                : Health.down().withDetail("stopped", stopped).build();
    }
}
