package io.gonkapulse.workercore.schemagate;

import io.gonkapulse.servicekit.metrics.PulseMeter;
import io.gonkapulse.workercore.consumer.TopicConsumer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Whether the consumers run, whether the schema holds them back, and whether topics lose records. */
public final class SchemaGateMetrics implements MeterBinder {

    private final SchemaGate gate;

    public SchemaGateMetrics(SchemaGate gate) {
        this.gate = gate;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder(
                        PulseMeter.SCHEMA_BEHIND.id(),
                        gate,
                        gate -> gate.schemaState().behindValue())
                .register(meters);
        for (TopicConsumer intake : gate.consumers()) {
            Gauge.builder(PulseMeter.CONSUMER_RUNNING.id(), intake, SchemaGateMetrics::runningValue)
                    .tag("topic", intake.topic().name())
                    .register(meters);
            if (intake.topic().retention().isEmpty()) {
                String topic = intake.topic().name();
                Gauge.builder(PulseMeter.TOPIC_RECORD_LOSS.id(), gate, gate -> gate.recordLossState(topic))
                        .tag("topic", topic)
                        .register(meters);
            }
        }
    }

    private static double runningValue(TopicConsumer intake) {
        return intake.isRunning() && intake.isInExpectedState() ? 1 : 0;
    }
}
