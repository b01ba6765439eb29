package io.gonkapulse.trackerpoller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

class PollerKafkaConfigurationTest {

    /** A topic that the broker creates automatically has the broker's number of partitions. */
    @Test
    void readingCreatesNoTopic() {
        KafkaProperties kafka = new KafkaProperties();
        kafka.getConsumer().getProperties().put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "true");
        Map<String, Object> settings = PollerKafkaConfiguration.consumerSettings(kafka, Duration.ofSeconds(6));
        assertThat(settings).containsEntry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    }
}
