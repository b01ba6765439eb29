package io.gonkapulse.workercore.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.servicekit.settings.SettingException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TopicConsumerPropertiesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "threads | 0 | CONSUMER_THREADS: expected 1 or more, got 0",
                "max-records | 0 | CONSUMER_MAX_RECORDS: expected 1 or more, got 0",
                "max-partition-fetch | 0 | CONSUMER_MAX_PARTITION_FETCH: expected 1B to 2147483647B, got 0B",
                "max-partition-fetch | 2GB | CONSUMER_MAX_PARTITION_FETCH: expected 1B to 2147483647B, got 2147483648B",
                "max-uncompressed-batch | 1023KB | CONSUMER_MAX_UNCOMPRESSED_BATCH: expected 1048576B to 2147483647B, got 1047552B",
                "max-uncompressed-batch | 2GB | CONSUMER_MAX_UNCOMPRESSED_BATCH: expected 1048576B to 2147483647B, got 2147483648B",
                "initial-back-off | 0s | CONSUMER_INITIAL_BACK_OFF: expected 1ms or longer, got 0ms",
                "max-back-off | 30 | CONSUMER_MAX_BACK_OFF is 30ms, shorter than CONSUMER_INITIAL_BACK_OFF, which is 500ms"
            })
    void rejectsInvalidSettingByName(String name, String value, String message) {
        assertThatThrownBy(() -> bind(Map.of("consumer." + name, value)))
                .rootCause()
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void acceptsBoundaryValues() {
        TopicConsumerProperties settings = bind(Map.of(
                "consumer.threads", "1",
                "consumer.max-records", "1",
                "consumer.max-partition-fetch", "2147483647B",
                "consumer.max-uncompressed-batch", "1MB",
                "consumer.initial-back-off", "1ms",
                "consumer.max-back-off", "1ms"));

        assertThat(settings.maxPartitionFetch().toBytes()).isEqualTo(Integer.MAX_VALUE);
        assertThat(settings.maxBackOff()).isEqualTo(settings.initialBackOff());
    }

    private static TopicConsumerProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("consumer", TopicConsumerProperties.class);
    }
}
