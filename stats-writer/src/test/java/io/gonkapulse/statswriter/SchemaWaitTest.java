package io.gonkapulse.statswriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.Topic;
import io.gonkapulse.servicekit.meters.Meter;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

@RealInfrastructure
class SchemaWaitTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void itWaitsForTheSchemaOutsideItsGroupAndSaysSo(TestBroker broker, TestDatabase database) throws Exception {
        try (RunningWriter writer = new RunningWriter(broker, database);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            await().atMost(LONG).until(() -> writer.readiness().contains("18 is needed: run migrations"));
            assertThat(writer.readiness()).contains("OUT_OF_SERVICE");
            assertThat(admin.listTopics().names().get()).doesNotContain(Topic.SNAPSHOTS.name());
            assertThat(admin.listGroups().all().get()).isEmpty();
            assertThat(shown(writer, Meter.SCHEMA_BEHIND)).isOne();
            assertThat(shown(writer, Meter.CONSUMER_RUNNING)).isZero();
            assertThat(shown(writer, Meter.TOPIC_LOSES_RECORDS)).isNaN();

            RunningWriter.createSchema(database);

            await().atMost(LONG).until(() -> !writer.readiness().contains("OUT_OF_SERVICE"));
            assertThat(admin.listTopics().names().get())
                    .containsAll(Set.of(
                            "tracker.snapshots",
                            "tracker.polls",
                            "tracker.snapshots.stats-writer.dlt",
                            "tracker.polls.stats-writer.dlt"));
            assertThat(shown(writer, Meter.SCHEMA_BEHIND)).isZero();
            assertThat(shown(writer, Meter.CONSUMER_RUNNING)).isOne();
        }
    }

    private static double shown(RunningWriter writer, Meter meter) {
        return writer.bean(MeterRegistry.class).get(meter.id()).gauge().value();
    }
}
