package io.gonkapulse.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.localservers.TextRecordClient;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RealInfrastructure
@Timeout(120)
class BrokerCleanerTest {

    private final BrokerCleaner cleaner;
    private final TextRecordClient records;

    BrokerCleanerTest(TestBroker broker) {
        this.cleaner = new BrokerCleaner(broker.bootstrapServers());
        this.records = new TextRecordClient(broker.bootstrapServers());
    }

    @Test
    void recreatesTopicWithoutOldRecords() throws Exception {
        for (int attempt = 0; attempt < 4; attempt++) {
            cleaner.clear();
            assertThat(records.topics()).isEmpty();
            records.createTopic("again");
            records.write("again", "round " + attempt);
            assertThat(records.read("again", "group", 1)).containsExactly("round " + attempt);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void reportsConsumerLeftOpen(String protocol) throws Exception {
        cleaner.clear();
        records.createTopic("used");
        try (KafkaConsumer<byte[], byte[]> forgotten = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        records.bootstrapServers(),
                        "group.id",
                        "forgotten-" + protocol,
                        "group.protocol",
                        protocol),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            forgotten.subscribe(Set.of("used"));
            while (forgotten.assignment().isEmpty()) {
                forgotten.poll(Duration.ofMillis(100));
            }
            assertThatThrownBy(new BrokerCleaner(records.bootstrapServers(), Duration.ofMillis(500))::clear)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("forgotten-" + protocol)
                    .hasMessageContaining("close it there");
        }
        cleaner.clear();
        assertThat(records.groups()).isEmpty();
    }
}
