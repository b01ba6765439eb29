package io.gonkapulse.earningsaggregator.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.localservers.LocalBroker;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("broker")
class SnapshotTopicReaderTest {

    @TempDir
    private Path home;

    @Test
    void doesNotCreateMissingTopic() throws Exception {
        try (LocalBroker broker = new LocalBroker(home.resolve("broker"), 0)
                        .withSetting("auto.create.topics.enable", "true")
                        .start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());

            assertThat(new SnapshotTopicReader(settings, "undeclared", 1, 32 << 20).endOffsets())
                    .isEmpty();

            // A topic that the first request had created would show in the second.
            assertThat(new SnapshotTopicReader(settings, "undeclared", 1, 32 << 20).endOffsets())
                    .isEmpty();
            assertThat(admin.listTopics().names().get()).isEmpty();
        }
    }
}
