package io.gonkapulse.workercore;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.workercore.consumer.IdleConsumerFactory;
import io.gonkapulse.workercore.consumer.TopicConsumer;
import io.gonkapulse.workercore.sql.TestSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

@RealInfrastructure
class KafkaTopicSetupTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Map<String, Object> settings;
    private final TestBroker broker;

    KafkaTopicSetupTest(TestBroker broker) {
        this.broker = broker;
        this.settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    @Test
    void createsMissingTopicsWithoutWarning() throws Exception {
        KafkaTopic topic = new KafkaTopic("missing", 2, Optional.empty());

        assertThat(warnings(topic)).isEmpty();

        try (Admin admin = Admin.create(settings)) {
            assertThat(admin.listTopics().names().get())
                    .contains(
                            "missing",
                            topic.deadLetterTopic(IdleConsumerFactory.GROUP).name());
        }
        assertThat(warnings(topic)).isEmpty();
    }

    /** A topic created by hand has the broker's default retention of seven days. */
    @Test
    void warnsAboutLimitedRetention() {
        KafkaTopic topic = new KafkaTopic("forgetful", 2, Optional.empty());
        broker.createTopic("forgetful", 2);
        String warning =
                "forgetful has retention.ms=604800000, declared is retention.ms=-1: records that the topic loses are"
                        + " missing from every rebuild and replay. Unless that is intended, run: kafka-configs.sh"
                        + " --bootstrap-server … --alter"
                        + " --topic forgetful --add-config retention.ms=-1";

        broker.configureTopic("forgetful", Map.of("message.timestamp.after.max.ms", "300000"));

        assertThat(warnings(topic)).containsExactly(warning);
        assertThat(warnings(topic)).containsExactly(warning);

        broker.configureTopic("forgetful", Map.of("retention.ms", "-1"));
        assertThat(warnings(topic)).isEmpty();
    }

    @Test
    void detectsRecordLossWhileRunning() {
        KafkaTopic topic = new KafkaTopic("watched", 2, Optional.empty());
        KafkaTopicSetup setup = topicSetup(topic, new ArrayList<>());
        assertThat(setup.recordLossState("watched")).isNaN();
        setup.createAndCheck();
        setup.recreateMissing();
        assertThat(setup.recordLossState("watched")).isZero();

        broker.configureTopic("watched", Map.of("cleanup.policy", "compact"));
        awaitRecordLossState(setup, 1);

        broker.configureTopic("watched", Map.of("cleanup.policy", "delete"));
        awaitRecordLossState(setup, 0);
    }

    /** The broker returns a changed setting after a short delay. */
    private static void awaitRecordLossState(KafkaTopicSetup setup, double expected) {
        await().atMost(TIMEOUT).until(() -> {
            setup.recreateMissing();
            return setup.recordLossState("watched") == expected;
        });
    }

    /** Topics of an earlier release have the broker's limit of one hour. */
    @Test
    void warnsAboutLooseTimestampLimit() {
        KafkaTopic topic = new KafkaTopic("timeless", 1, Optional.of(Duration.ofDays(30)));
        broker.createTopic("timeless", 1);

        assertThat(warnings(topic))
                .containsExactly("timeless has message.timestamp.after.max.ms=3600000"
                        + ", declared is message.timestamp.after.max.ms=300000: the broker accepts records whose"
                        + " timestamp is further ahead than declared. To change that, run: kafka-configs.sh"
                        + " --bootstrap-server … --alter"
                        + " --topic timeless --add-config message.timestamp.after.max.ms=300000");

        broker.configureTopic("timeless", Map.of("message.timestamp.after.max.ms", "300000"));
        assertThat(warnings(topic)).isEmpty();
    }

    @Test
    void ignoresRetentionOfOtherTopics() {
        broker.createTopic("passing", 1);
        broker.configureTopic("passing", Map.of("message.timestamp.after.max.ms", "300000"));

        assertThat(warnings(new KafkaTopic("passing", 1, Optional.of(Duration.ofDays(30)))))
                .isEmpty();
    }

    @Test
    void recreatesDeletedTopics(TestDatabase database) throws Exception {
        TestSchema.create(database);
        KafkaTopic topic = new KafkaTopic("vanishing", 2, Optional.empty());
        String deadLetterTopic =
                topic.deadLetterTopic(IdleConsumerFactory.GROUP).name();
        List<String> warnings = Collections.synchronizedList(new ArrayList<>());
        TopicConsumer consumer = IdleConsumerFactory.create(topic, broker.bootstrapServers());
        SchemaGate gate = SchemaGateFixture.createGate(
                database, new KafkaTopicSetup(settings, List.of(consumer), warnings::add), consumer);
        gate.start();
        try (Admin admin = Admin.create(settings)) {
            await().atMost(TIMEOUT).until(consumer::isRunning);

            for (String name : List.of(deadLetterTopic, "vanishing")) {
                Uuid before = topicId(admin, name);
                admin.deleteTopics(List.of(name)).all().get();

                await().atMost(TIMEOUT)
                        .ignoreExceptionsInstanceOf(ExecutionException.class)
                        .until(() -> !topicId(admin, name).equals(before));
                assertThat(warnings)
                        .contains(name + " was deleted while the consumers ran and is created again, empty: its records"
                                + " are lost");
            }
        } finally {
            gate.stop();
        }
    }

    private static Uuid topicId(Admin admin, String topic) throws Exception {
        return requireNonNull(admin.describeTopics(List.of(topic))
                        .allTopicNames()
                        .get()
                        .get(topic))
                .topicId();
    }

    private List<String> warnings(KafkaTopic topic) {
        List<String> warnings = new ArrayList<>();
        assertThat(topicSetup(topic, warnings).createAndCheck()).isTrue();
        return warnings;
    }

    private KafkaTopicSetup topicSetup(KafkaTopic topic, List<String> warnings) {
        return new KafkaTopicSetup(
                settings, List.of(IdleConsumerFactory.create(topic, broker.bootstrapServers())), warnings::add);
    }
}
