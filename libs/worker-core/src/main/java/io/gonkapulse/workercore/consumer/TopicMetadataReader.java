package io.gonkapulse.workercore.consumer;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the broker knows about a topic. Connects for each call only, because the answers are needed rarely.
 * Thread-safe.
 */
public final class TopicMetadataReader {

    private static final int TIMEOUT_MILLIS = 10_000;

    /** Longer, because a verification that cannot read the policy ignores it. */
    private static final int POLICY_TIMEOUT_MILLIS = 30_000;

    private final Map<String, Object> settings = new HashMap<>();
    private final String topic;

    /** @param clientSettings settings of any Kafka client; those that an admin client does not know are ignored */
    public TopicMetadataReader(Map<String, Object> clientSettings, String topic) {
        settings.putAll(clientSettings);
        settings.keySet().retainAll(AdminClientConfig.configNames());
        settings.remove(AdminClientConfig.CLIENT_ID_CONFIG);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
        this.topic = topic;
    }

    /**
     * What identifies a topic and what it retains.
     *
     * @param id a topic that is deleted and created again has a new one; empty if the broker has no topic ids
     * @param cleanupPolicy empty if the broker does not report it
     */
    public record TopicMetadata(Optional<UUID> id, Optional<String> cleanupPolicy) {}

    /**
     * Returns empty values for a topic that does not exist.
     *
     * @throws KafkaException if the broker does not respond
     */
    public TopicMetadata read() {
        try (Admin admin = Admin.create(settings)) {
            return new TopicMetadata(Optional.ofNullable(topicId(admin)), cleanupPolicy(admin));
        } catch (KafkaException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return new TopicMetadata(Optional.empty(), Optional.empty());
            }
            throw e;
        }
    }

    /**
     * Returns empty if the topic does not exist, or the broker does not report its policy.
     *
     * @throws KafkaException if the broker does not respond
     */
    public Optional<String> cleanupPolicy() {
        try (Admin admin = Admin.create(settings)) {
            return cleanupPolicy(admin);
        } catch (KafkaException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Returns the id, or null if the broker has no topic ids.
     *
     * @throws KafkaException if the topic does not exist, or the broker does not respond
     */
    @Nullable
    UUID topicId() {
        try (Admin admin = Admin.create(settings)) {
            return topicId(admin);
        }
    }

    private @Nullable UUID topicId(Admin admin) {
        Uuid id = requireNonNull(
                        await("id", admin.describeTopics(Set.of(topic)).allTopicNames())
                                .get(topic),
                        "the description of the topic")
                .topicId();
        return id == null || id.equals(Uuid.ZERO_UUID)
                ? null
                : new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    private Optional<String> cleanupPolicy(Admin admin) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        DescribeConfigsOptions options = new DescribeConfigsOptions().timeoutMs(POLICY_TIMEOUT_MILLIS);
        Config found = await(
                        "settings",
                        admin.describeConfigs(Set.of(resource), options).all())
                .get(resource);
        ConfigEntry policy = found == null ? null : found.get(TopicConfig.CLEANUP_POLICY_CONFIG);
        return policy == null ? Optional.empty() : Optional.ofNullable(policy.value());
    }

    private <T> T await(String what, KafkaFuture<T> response) {
        try {
            return response.get();
        } catch (ExecutionException e) {
            throw new KafkaException("The " + what + " of " + topic + " cannot be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while reading the " + what + " of " + topic, e);
        }
    }

    /** Formats an id as Kafka's tools print it. */
    public static String format(UUID id) {
        return new Uuid(id.getMostSignificantBits(), id.getLeastSignificantBits()).toString();
    }
}
