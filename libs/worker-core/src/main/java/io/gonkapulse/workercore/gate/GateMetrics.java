package io.gonkapulse.workercore.gate;

import io.gonkapulse.servicekit.meters.Meter;
import io.gonkapulse.workercore.intake.Intake;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Whether the consumers run, whether the schema holds them back, and whether topics lose records. */
public final class GateMetrics implements MeterBinder {

    private final SchemaGate gate;

    public GateMetrics(SchemaGate gate) {
        this.gate = gate;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder(Meter.SCHEMA_BEHIND.id(), gate, gate -> gate.seen().behind())
                .register(meters);
        for (Intake intake : gate.intakes()) {
            Gauge.builder(Meter.CONSUMER_RUNNING.id(), intake, GateMetrics::running)
                    .tag("topic", intake.topic().name())
                    .register(meters);
            if (intake.topic().retention().isEmpty()) {
                String topic = intake.topic().name();
                Gauge.builder(Meter.TOPIC_LOSES_RECORDS.id(), gate, gate -> gate.losesRecords(topic))
                        .tag("topic", topic)
                        .register(meters);
            }
        }
    }

    private static double running(Intake intake) {
        return intake.isRunning() && intake.isInExpectedState() ? 1 : 0;
    }
}
