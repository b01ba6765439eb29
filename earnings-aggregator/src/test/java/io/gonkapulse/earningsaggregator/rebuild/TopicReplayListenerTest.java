package io.gonkapulse.earningsaggregator.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.testkit.local.LocalBroker;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicReplayListenerTest {

    @TempDir
    private Path home;

    @Test
    void askingForATopicThatIsNotThereDoesNotMakeIt() throws Exception {
        try (LocalBroker broker = new LocalBroker(home.resolve("broker"), 0)
                        .with("auto.create.topics.enable", "true")
                        .start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());

            assertThat(new TopicReplayListener(settings, "undeclared", 1, 32 << 20).end())
                    .isEmpty();

            // What a metadata request has made would be there for the next one.
            assertThat(new TopicReplayListener(settings, "undeclared", 1, 32 << 20).end())
                    .isEmpty();
            assertThat(admin.listTopics().names().get()).isEmpty();
        }
    }
}
