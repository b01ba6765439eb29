package io.gonkapulse.workercore.consumer;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Creates properties with the defaults of production, except for short back-offs. */
public final class TestConsumerProperties {

    private TestConsumerProperties() {}

    public static TopicConsumerProperties of(Map<String, String> overrides) {
        Map<String, String> settings = new HashMap<>();
        settings.put("consumer.initial-back-off", "50ms");
        settings.put("consumer.max-back-off", "200ms");
        settings.putAll(overrides);
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("consumer", TopicConsumerProperties.class);
    }
}
