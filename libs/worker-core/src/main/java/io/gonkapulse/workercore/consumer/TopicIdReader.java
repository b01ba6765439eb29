package io.gonkapulse.workercore.consumer;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** Reads the id of a topic from the broker. A topic that is deleted and created again has a new id. */
public final class TopicIdReader implements Supplier<@Nullable UUID> {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final Map<String, Object> settings = new HashMap<>();
    private final String topic;

    /** @param clientSettings settings of any Kafka client; those that an admin client does not know are ignored */
    public TopicIdReader(Map<String, Object> clientSettings, String topic) {
        settings.putAll(clientSettings);
        settings.keySet().retainAll(AdminClientConfig.configNames());
        settings.remove(AdminClientConfig.CLIENT_ID_CONFIG);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
        this.topic = topic;
    }

    /**
     * Returns the id, or null if the broker has no topic ids.
     *
     * @throws KafkaException if the broker does not respond
     */
    @Override
    public @Nullable UUID get() {
        try (Admin admin = Admin.create(settings)) {
            Uuid id = requireNonNull(
                            admin.describeTopics(Set.of(topic))
                                    .allTopicNames()
                                    .get()
                                    .get(topic),
                            "the description of the topic")
                    .topicId();
            return id == null || id.equals(Uuid.ZERO_UUID)
                    ? null
                    : new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
        } catch (ExecutionException e) {
            throw new KafkaException("The id of " + topic + " cannot be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while reading the id of " + topic, e);
        }
    }

    /** Formats an id as Kafka's tools print it. */
    public static String format(UUID id) {
        return new Uuid(id.getMostSignificantBits(), id.getLeastSignificantBits()).toString();
    }
}
