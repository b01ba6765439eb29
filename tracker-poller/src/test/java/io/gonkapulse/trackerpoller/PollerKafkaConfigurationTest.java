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
        assertThat(settingsWith(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "true"))
                .containsEntry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    }

    @Test
    void stoppedPollerLeavesItsGroup() {
        assertThat(settingsWith(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "poller-1"))
                .doesNotContainKey(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    }

    private static Map<String, Object> settingsWith(String name, String value) {
        KafkaProperties kafka = new KafkaProperties();
        kafka.getConsumer().getProperties().put(name, value);
        return PollerKafkaConfiguration.consumerSettings(kafka, Duration.ofSeconds(6));
    }
}
