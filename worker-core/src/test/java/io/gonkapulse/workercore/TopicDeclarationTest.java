package io.gonkapulse.workercore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Topic;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.workercore.intake.IdleIntakes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

@RealInfrastructure
class TopicDeclarationTest {

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

        assertThat(warnings(topic)).containsExactly(told);
        assertThat(warnings(topic)).containsExactly(told);

        keepForEver("forgetful");
        assertThat(warnings(topic)).isEmpty();
    }

    @Test
    void howLongOtherTopicsAreKeptIsAnOperatorsAffair() {
        broker.createTopic("passing", 1);

        assertThat(warnings(new Topic("passing", 1, Optional.of(Duration.ofDays(30)))))
                .isEmpty();
    }

    private List<String> warnings(Topic topic) {
        List<String> warnings = new ArrayList<>();
        assertThat(new TopicDeclaration(
                                settings, List.of(IdleIntakes.of(topic, broker.bootstrapServers())), warnings::add)
                        .declare())
                .isTrue();
        return warnings;
    }

    private void keepForEver(String topic) throws Exception {
        try (Admin admin = Admin.create(settings)) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("retention.ms", "-1"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }
}
