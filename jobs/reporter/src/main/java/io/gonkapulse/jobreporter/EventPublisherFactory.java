package io.gonkapulse.jobreporter;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.jobreporter.publishing.EventPublisher;
import io.gonkapulse.jobreporter.publishing.HttpEventPublisher;
import io.gonkapulse.jobreporter.publishing.KafkaEventPublisher;
import java.util.Map;

/** Creates the publisher of a transport. */
public final class EventPublisherFactory {

    private EventPublisherFactory() {}

    public static EventPublisher create(JobReporterProperties properties) {
        return switch (properties.transport()) {
            case KAFKA -> new KafkaEventPublisher(Map.copyOf(properties.kafka()));
            case HTTP -> new HttpEventPublisher(requireNonNull(properties.url()), properties.key());
            case OFF -> throw new IllegalArgumentException("Expected the transport kafka or http, got off");
        };
    }
}
