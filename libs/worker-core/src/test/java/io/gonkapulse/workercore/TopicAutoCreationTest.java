package io.gonkapulse.workercore;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.localservers.LocalBroker;
import io.gonkapulse.workercore.consumer.IdleConsumerFactory;
import io.gonkapulse.workercore.consumer.TopicConsumer;
import io.gonkapulse.workercore.replay.DeadLetterService;
import io.gonkapulse.workercore.replay.TopicReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.GroupState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Runs on a broker with auto.create.topics.enable, which is Kafka's default. */
@Tag("broker")
class TopicAutoCreationTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final KafkaTopic TOPIC = new KafkaTopic("undeclared", 1, Optional.empty());

    @TempDir
    private static Path home;

    private static LocalBroker broker;

    @BeforeAll
    static void start() {
        broker = new LocalBroker(home.resolve("broker"), 0)
                .withSetting("auto.create.topics.enable", "true")
                .start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void doesNotCreateMissingTopics() throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(settings)) {
            try (TopicReader reader = TopicReader.open(settings, "replayed", 32 << 20)) {
                reader.seek(reader.beginningOffsets(), reader.endOffsets());
                assertThat(reader.next()).isFalse();
                assertThat(reader.progress()).isEqualTo(TopicReader.ReadProgress.NOTHING);
            }
            assertThat(new DeadLetterService(
                                    settings,
                                    DataSize.ofMegabytes(32),
                                    IdleConsumerFactory.kafkaTemplate(broker.bootstrapServers()),
                                    List.of(new DeadLetterService.DeadLetterTopic(TOPIC, "group")))
                            .list())
                    .isEmpty();
            TopicConsumer consumer = IdleConsumerFactory.create(TOPIC, broker.bootstrapServers());
            consumer.start();
            try {
                await().atMost(TIMEOUT).ignoreExceptions().until(() -> groupState(admin) == GroupState.STABLE);
            } finally {
                consumer.stop();
            }

            assertThat(admin.listTopics().names().get()).isEmpty();
        }
    }

    private static GroupState groupState(Admin admin) throws Exception {
        return requireNonNull(admin.describeConsumerGroups(List.of(IdleConsumerFactory.GROUP))
                        .describedGroups()
                        .get(IdleConsumerFactory.GROUP))
                .get()
                .groupState();
    }
}
