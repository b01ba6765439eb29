package io.gonkapulse.statswriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.servicekit.observability.PulseMeter;
import io.gonkapulse.servicekit.schema.SchemaVersionRange;
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
class WriterSchemaGateTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Test
    void waitsForSchemaOutsideGroup(TestBroker broker, TestDatabase database) throws Exception {
        try (StatsWriterFixture writer = new StatsWriterFixture(broker, database);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            int required = writer.bean(SchemaVersionRange.class).required();
            await().atMost(TIMEOUT).until(() -> writer.readiness().contains(required + " is needed: run migrations"));
            assertThat(writer.readiness()).contains("OUT_OF_SERVICE");
            assertThat(admin.listTopics().names().get()).doesNotContain(KafkaTopic.SNAPSHOTS.name());
            assertThat(admin.listGroups().all().get()).isEmpty();
            assertThat(gaugeValue(writer, PulseMeter.SCHEMA_BEHIND)).isOne();
            assertThat(gaugeValue(writer, PulseMeter.CONSUMER_RUNNING)).isZero();
            assertThat(gaugeValue(writer, PulseMeter.TOPIC_RECORD_LOSS)).isNaN();

            StatsWriterFixture.migrate(database);

            await().atMost(TIMEOUT).until(() -> !writer.readiness().contains("OUT_OF_SERVICE"));
            assertThat(admin.listTopics().names().get())
                    .containsAll(Set.of(
                            "tracker.snapshots",
                            "tracker.polls",
                            "tracker.snapshots.stats-writer.dlt",
                            "tracker.polls.stats-writer.dlt"));
            assertThat(gaugeValue(writer, PulseMeter.SCHEMA_BEHIND)).isZero();
            assertThat(gaugeValue(writer, PulseMeter.CONSUMER_RUNNING)).isOne();
        }
    }

    private static double gaugeValue(StatsWriterFixture writer, PulseMeter meter) {
        return writer.bean(MeterRegistry.class).get(meter.id()).gauge().value();
    }
}
