package io.gonkapulse.workercore;

import io.gonkapulse.workercore.consumer.TopicConsumer;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.boot.health.contributor.Health;

/** Health of the consumers for the two probes. Lag is covered by an alert, not by health. */
final class ConsumerHealthCheck {

    private final SchemaGate gate;

    ConsumerHealthCheck(SchemaGate gate) {
        this.gate = gate;
    }

    /** Up while the consumers run, and otherwise what they wait for. */
    Health readiness() {
        if (!gate.isOpen()) {
            return Health.outOfService()
                    .withDetail("waiting", gate.waitingReason())
                    .build();
        }
        List<String> stopped = topicsOf(consumer -> !consumer.isRunning() || !consumer.isInExpectedState());
        return stopped.isEmpty()
                ? Health.up().withDetail("schema", gate.schemaState().reason()).build()
                : Health.down().withDetail("stopped", stopped).build();
    }

    /** Down if a consumer stopped by itself, because only a new process starts it again. */
    Health liveness() {
        List<String> stopped = topicsOf(consumer -> gate.isOpen() && !consumer.isInExpectedState());
        return stopped.isEmpty()
                ? Health.up().build()
                : Health.down().withDetail("stopped", stopped).build();
    }

    private List<String> topicsOf(Predicate<TopicConsumer> selected) {
        return gate.consumers().stream()
                .filter(selected)
                .map(consumer -> consumer.topic().name())
                .toList();
    }
}
