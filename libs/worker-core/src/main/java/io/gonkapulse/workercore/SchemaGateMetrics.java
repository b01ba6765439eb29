package io.gonkapulse.workercore;

import io.gonkapulse.servicekit.observability.PulseMeter;
import io.gonkapulse.workercore.consumer.TopicConsumer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Gauges of running consumers, of the schema version, and of topics that lose records. */
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
                .description(PulseMeter.SCHEMA_BEHIND.description())
                .register(meters);
        for (TopicConsumer consumer : gate.consumers()) {
            String topic = consumer.topic().name();
            Gauge.builder(PulseMeter.CONSUMER_RUNNING.id(), consumer, SchemaGateMetrics::runningValue)
                    .description(PulseMeter.CONSUMER_RUNNING.description())
                    .tag("topic", topic)
                    .register(meters);
            Gauge.builder(PulseMeter.TOPIC_RECORD_LOSS.id(), gate, gate -> gate.recordLossState(topic))
                    .description(PulseMeter.TOPIC_RECORD_LOSS.description())
                    .tag("topic", topic)
                    .register(meters);
        }
    }

    private static double runningValue(TopicConsumer consumer) {
        return consumer.isRunning() && consumer.isInExpectedState() ? 1 : 0;
    }
}
