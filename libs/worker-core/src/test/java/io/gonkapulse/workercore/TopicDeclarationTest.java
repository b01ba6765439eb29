package io.gonkapulse.workercore;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.Topic;
import io.gonkapulse.migrations.Migrations;
import io.gonkapulse.servicekit.schema.SchemaLook;
import io.gonkapulse.servicekit.schema.SchemaRange;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.workercore.gate.SchemaGate;
import io.gonkapulse.workercore.intake.IdleIntakes;
import io.gonkapulse.workercore.intake.Intake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

@RealInfrastructure
class TopicDeclarationTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final Map<String, Object> settings;
    private final TestBroker broker;

    TopicDeclarationTest(TestBroker broker) {
        this.broker = broker;
        this.settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    @Test
    void whatIsMissingIsMadeAndNothingIsToldOfIt() throws Exception {
        Topic topic = new Topic("missing", 2, Optional.empty());

        assertThat(warnings(topic)).isEmpty();

        try (Admin admin = Admin.create(settings)) {
            assertThat(admin.listTopics().names().get())
                    .contains("missing", topic.deadLettersOf(IdleIntakes.GROUP).name());
        }
        assertThat(warnings(topic)).isEmpty();
    }

    /** A topic that was made by hand has the broker's own retention, which is seven days. */
    @Test
    void aTopicThatForgetsWhatItShouldKeepIsToldOfAndLeftAsItIs() throws Exception {
        Topic topic = new Topic("forgetful", 2, Optional.empty());
        broker.createTopic("forgetful", 2);
        String told =
                "forgetful has retention.ms=604800000, declared is retention.ms=-1: what the topic loses, no rebuild"
                        + " and no replay has. If that is not on purpose: kafka-configs.sh --bootstrap-server … --alter"
                        + " --topic forgetful --add-config retention.ms=-1";

        set("forgetful", "message.timestamp.after.max.ms", "300000");

        assertThat(warnings(topic)).containsExactly(told);
        assertThat(warnings(topic)).containsExactly(told);

        set("forgetful", "retention.ms", "-1");
        assertThat(warnings(topic)).isEmpty();
    }

    @Test
    void whetherATopicLosesRecordsIsSeenWhileItsConsumersRun() throws Exception {
        Topic topic = new Topic("watched", 2, Optional.empty());
        TopicDeclaration declaration = declaration(topic, new ArrayList<>());
        assertThat(declaration.losesRecords("watched")).isNaN();
        declaration.declare();
        declaration.declareMissing();
        assertThat(declaration.losesRecords("watched")).isZero();

        set("watched", "cleanup.policy", "compact");
        awaitLosesRecords(declaration, 1);

        set("watched", "cleanup.policy", "delete");
        awaitLosesRecords(declaration, 0);
    }

    /** The broker tells of a change a moment after it was made. */
    private static void awaitLosesRecords(TopicDeclaration declaration, double expected) {
        await().atMost(LONG).until(() -> {
            declaration.declareMissing();
            return declaration.losesRecords("watched") == expected;
        });
    }

    /** Topics that an earlier release made have the limit of the broker, which is an hour. */
    @Test
    void aTopicThatTakesRecordsOfAnyTimeIsToldOf() throws Exception {
        Topic topic = new Topic("timeless", 1, Optional.of(Duration.ofDays(30)));
        broker.createTopic("timeless", 1);

        assertThat(warnings(topic))
                .containsExactly("timeless has message.timestamp.after.max.ms=3600000"
                        + ", declared is message.timestamp.after.max.ms=300000: the broker takes records of a sender whose"
                        + " clock is further ahead than declared. To change that: kafka-configs.sh --bootstrap-server … --alter"
                        + " --topic timeless --add-config message.timestamp.after.max.ms=300000");

        set("timeless", "message.timestamp.after.max.ms", "300000");
        assertThat(warnings(topic)).isEmpty();
    }

    @Test
    void howLongOtherTopicsAreKeptIsAnOperatorsAffair() throws Exception {
        broker.createTopic("passing", 1);
        set("passing", "message.timestamp.after.max.ms", "300000");

        assertThat(warnings(new Topic("passing", 1, Optional.of(Duration.ofDays(30)))))
                .isEmpty();
    }

    /** Somebody deletes them while the consumers run. */
    @Test
    void topicsThatVanishAreMadeAgain(TestDatabase database) throws Exception {
        Migrations.migrate(
                DatabaseSettings.of(
                        database.host(), database.port(), database.name(), database.username(), database.password()),
                line -> {});
        Topic topic = new Topic("vanishing", 2, Optional.empty());
        String letters = topic.deadLettersOf(IdleIntakes.GROUP).name();
        List<String> warnings = Collections.synchronizedList(new ArrayList<>());
        Intake intake = IdleIntakes.of(topic, broker.bootstrapServers());
        SchemaGate gate = new SchemaGate(
                new SchemaLook(database.dataSource(), new SchemaRange(1, 1_000)),
                new TopicDeclaration(settings, List.of(intake), warnings::add),
                List.of(intake),
                Duration.ofMillis(50),
                Duration.ofMillis(50),
                true);
        gate.start();
        try (Admin admin = Admin.create(settings)) {
            await().atMost(LONG).until(intake::isRunning);

            for (String name : List.of(letters, "vanishing")) {
                Uuid before = identity(admin, name);
                admin.deleteTopics(List.of(name)).all().get();

                await().atMost(LONG)
                        .ignoreExceptionsInstanceOf(ExecutionException.class)
                        .until(() -> !identity(admin, name).equals(before));
                assertThat(warnings)
                        .contains(name + " vanished while the consumers ran and is made again, empty: what it held is"
                                + " lost");
            }
        } finally {
            gate.stop();
        }
    }

    private static Uuid identity(Admin admin, String topic) throws Exception {
        return requireNonNull(admin.describeTopics(List.of(topic))
                        .allTopicNames()
                        .get()
                        .get(topic))
                .topicId();
    }

    private List<String> warnings(Topic topic) {
        List<String> warnings = new ArrayList<>();
        assertThat(declaration(topic, warnings).declare()).isTrue();
        return warnings;
    }

    private TopicDeclaration declaration(Topic topic, List<String> warnings) {
        return new TopicDeclaration(settings, List.of(IdleIntakes.of(topic, broker.bootstrapServers())), warnings::add);
    }

    private void set(String topic, String name, String value) throws Exception {
        try (Admin admin = Admin.create(settings)) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }
}
