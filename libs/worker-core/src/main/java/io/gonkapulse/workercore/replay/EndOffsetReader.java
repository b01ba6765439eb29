package io.gonkapulse.workercore.replay;

import io.gonkapulse.contracts.KafkaTopic;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads the end offsets of a topic from the broker. */
public final class EndOffsetReader implements AutoCloseable {

    /** Well below max.poll.interval.ms, because a batch waits for the result. */
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Map<String, Object> settings;
    private final KafkaTopic topic;
    private final AtomicReference<@Nullable Admin> admin = new AtomicReference<>();

    public EndOffsetReader(Map<String, Object> adminSettings, KafkaTopic topic) {
        this.settings = new HashMap<>(adminSettings);
        this.settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        this.settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
        this.topic = topic;
    }

    /**
     * Returns the offset that the next record of each partition will get.
     *
     * @throws KafkaException if the broker does not respond
     */
    public Map<Integer, Long> read() {
        try {
            return listEndOffsets(admin());
        } catch (ExecutionException e) {
            throw new KafkaException("The end offsets of " + topic.name() + " cannot be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while reading the end offsets of " + topic.name(), e);
        }
    }

    private Map<Integer, Long> listEndOffsets(Admin client) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> requests =
                client.describeTopics(Set.of(topic.name())).allTopicNames().get().values().stream()
                        .flatMap(description -> description.partitions().stream())
                        .collect(Collectors.toMap(
                                info -> new TopicPartition(topic.name(), info.partition()),
                                info -> OffsetSpec.latest()));
        Map<Integer, Long> ends = new TreeMap<>();
        client.listOffsets(requests)
                .all()
                .get()
                .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
        return ends;
    }

    /** Created on first use: the service must start even if the broker's name does not resolve yet. */
    private synchronized Admin admin() {
        Admin client = admin.get();
        if (client == null) {
            client = Admin.create(settings);
            admin.set(client);
        }
        return client;
    }

    @Override
    public synchronized void close() {
        Admin client = admin.getAndSet(null);
        if (client != null) {
            client.close();
        }
    }
}
