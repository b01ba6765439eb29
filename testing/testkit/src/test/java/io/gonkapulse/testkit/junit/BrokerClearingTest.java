package io.gonkapulse.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.testkit.local.Records;
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
class BrokerClearingTest {

    private final BrokerClearing clearing;
    private final Records records;

    BrokerClearingTest(TestBroker broker) {
        this.clearing = new BrokerClearing(broker.bootstrapServers());
        this.records = new Records(broker.bootstrapServers());
    }

    @Test
    void aTopicOfTheSameNameIsAnotherTopicAfterwards() throws Exception {
        for (int round = 0; round < 4; round++) {
            clearing.run();
            assertThat(records.topics()).isEmpty();
            records.createTopic("again");
            records.write("again", "round " + round);
            assertThat(records.read("again", "group", 1)).containsExactly("round " + round);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void aConsumerThatSomeoneForgotToCloseIsToldOf(String protocol) throws Exception {
        clearing.run();
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
            assertThatThrownBy(new BrokerClearing(records.bootstrapServers(), Duration.ofMillis(500))::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("forgotten-" + protocol)
                    .hasMessageContaining("close it there");
        }
        clearing.run();
        assertThat(records.groups()).isEmpty();
    }
}
