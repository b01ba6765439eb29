package io.gonkapulse.testkit.junit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    private final TestBroker broker;
    private final BrokerInspector inspector;

    BrokerCleanerTest(TestBroker broker) {
        this.cleaner = new BrokerCleaner(broker.bootstrapServers());
        this.broker = broker;
        this.inspector = new BrokerInspector(broker.bootstrapServers());
    }

    @Test
    void recreatesTopicWithoutOldRecords() throws Exception {
        for (int attempt = 0; attempt < 4; attempt++) {
            cleaner.clear();
            assertThat(inspector.topics()).isEmpty();
            broker.createTopic("again", 1);
            broker.publish("again", "key", ("attempt " + attempt).getBytes(UTF_8));
            assertThat(inspector.consume("again", "group", 1)).containsExactly("attempt " + attempt);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void reportsConsumerLeftOpen(String protocol) throws Exception {
        cleaner.clear();
        broker.createTopic("used", 1);
        try (KafkaConsumer<byte[], byte[]> forgotten = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
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
            assertThatThrownBy(new BrokerCleaner(broker.bootstrapServers(), Duration.ofMillis(500))::clear)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("forgotten-" + protocol)
                    .hasMessageContaining("close it there");
        }
        cleaner.clear();
        assertThat(inspector.groups()).isEmpty();
    }
}
