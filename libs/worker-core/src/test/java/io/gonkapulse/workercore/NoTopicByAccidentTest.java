package io.gonkapulse.workercore;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.Topic;
import io.gonkapulse.testkit.local.LocalBroker;
import io.gonkapulse.workercore.deadletter.DeadLetterDesk;
import io.gonkapulse.workercore.intake.IdleIntakes;
import io.gonkapulse.workercore.intake.Intake;
import io.gonkapulse.workercore.replay.TopicReplay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.GroupState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a broker that makes any topic that somebody asks for, as Kafka has it by default. */
class NoTopicByAccidentTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Topic TOPIC = new Topic("undeclared", 1, Optional.empty());

    @TempDir
    private static Path home;

    private static LocalBroker broker;

    @BeforeAll
    static void start() {
        broker = new LocalBroker(home.resolve("broker"), 0)
                .with("auto.create.topics.enable", "true")
                .start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void askingForATopicThatIsNotThereDoesNotMakeIt() throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(settings)) {
            assertThat(new TopicReplay(settings, 32 << 20)
                            .read("replayed", Optional.empty(), batch -> {}, progress -> {}))
                    .isEqualTo(new TopicReplay.Progress(0, 0));
            assertThat(new DeadLetterDesk(
                                    settings,
                                    IdleIntakes.template(broker.bootstrapServers()),
                                    List.of(new DeadLetterDesk.Drawer(TOPIC, "group")))
                            .list())
                    .isEmpty();
            Intake intake = IdleIntakes.of(TOPIC, broker.bootstrapServers());
            intake.start();
            try {
                await().atMost(LONG).ignoreExceptions().until(() -> stateOfTheGroup(admin) == GroupState.STABLE);
            } finally {
                intake.stop();
            }

            assertThat(admin.listTopics().names().get()).isEmpty();
        }
    }

    private static GroupState stateOfTheGroup(Admin admin) throws Exception {
        return requireNonNull(admin.describeConsumerGroups(List.of(IdleIntakes.GROUP))
                        .describedGroups()
                        .get(IdleIntakes.GROUP))
                .get()
                .groupState();
    }
}
