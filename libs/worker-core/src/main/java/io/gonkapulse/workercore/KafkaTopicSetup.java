package io.gonkapulse.workercore;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.servicekit.observability.FailureFormatter;
import io.gonkapulse.workercore.consumer.TopicConsumer;
import io.gonkapulse.workercore.deadletter.DeadLetterPublisher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Creates the missing topics of the consumers. Leaves the settings of existing topics unchanged, because they
 * belong to an operator, but warns about differences that do harm.
 */
public final class KafkaTopicSetup implements SchemaGate.TopicSetup {

    private static final int TIMEOUT_SECONDS = 10;

    /** Settings that can make a topic with unlimited retention lose records. */
    private static final Set<String> RETENTION_SETTINGS = Set.of(
            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.RETENTION_MS_CONFIG, TopicConfig.RETENTION_BYTES_CONFIG);

    private final Map<String, Object> adminSettings;
    private final List<TopicConsumer> consumers;
    private final Consumer<String> warnings;
    private final Map<String, Double> recordLossStates = new ConcurrentHashMap<>();
    private volatile Set<String> reportedMissing = Set.of();

    public KafkaTopicSetup(
            Map<String, Object> adminSettings, List<TopicConsumer> consumers, Consumer<String> warnings) {
        this.adminSettings = new HashMap<>(adminSettings);
        this.adminSettings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_SECONDS * 1_000);
        this.adminSettings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_SECONDS * 1_000 / 2);
        this.consumers = List.copyOf(consumers);
        this.warnings = warnings;
    }

    @Override
    public boolean createAndCheck() {
        create(declaredTopics());
        consumers.stream().map(TopicConsumer::topic).forEach(topic -> checkSettings(topic, warnings));
        return true;
    }

    /** Recreates deleted topics: their consumers would otherwise wait until they are restarted. */
    @Override
    public void recreateMissing() {
        try (Admin admin = Admin.create(adminSettings)) {
            Set<String> existing = admin.listTopics().names().get();
            List<NewTopic> missing = declaredTopics()
                    .filter(topic -> !existing.contains(topic.name()))
                    .toList();
            Set<String> names = missing.stream().map(NewTopic::name).collect(Collectors.toCollection(TreeSet::new));
            if (!names.isEmpty() && !names.equals(reportedMissing)) {
                warnings.accept(String.join(", ", names)
                        + " was deleted while the consumers ran and is created again, empty: its records are lost");
            }
            reportedMissing = names;
            create(missing.stream());
            // Differences were logged at startup.
            consumers.stream().map(TopicConsumer::topic).forEach(topic -> checkSettings(topic, line -> {}));
        } catch (ExecutionException e) {
            throw new KafkaException("The topics cannot be listed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Stream<NewTopic> declaredTopics() {
        return consumers.stream()
                .flatMap(consumer -> Stream.of(
                        newTopic(consumer.topic()),
                        newDeadLetterTopic(consumer.topic().deadLetterTopic(consumer.group()))));
    }

    private void create(Stream<NewTopic> topics) {
        KafkaAdmin admin = new KafkaAdmin(adminSettings);
        admin.setOperationTimeout(TIMEOUT_SECONDS);
        admin.createOrModifyTopics(topics.toArray(NewTopic[]::new));
    }

    private static NewTopic newTopic(KafkaTopic topic) {
        return builder(topic).build();
    }

    private static NewTopic newDeadLetterTopic(KafkaTopic topic) {
        return builder(topic)
                .config("max.message.bytes", String.valueOf(DeadLetterPublisher.MAX_BYTES))
                .build();
    }

    private static TopicBuilder builder(KafkaTopic topic) {
        return TopicBuilder.name(topic.name()).partitions(topic.partitions()).configs(topic.configs());
    }

    @Override
    public double recordLossState(String topic) {
        return recordLossStates.getOrDefault(topic, Double.NaN);
    }

    private void checkSettings(KafkaTopic topic, Consumer<String> log) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        try (Admin admin = Admin.create(adminSettings)) {
            Map<ConfigResource, Config> found =
                    admin.describeConfigs(Set.of(resource)).all().get();
            checkSettings(topic, requireNonNull(found.get(resource), "the settings of the topic"), log);
        } catch (ExecutionException e) {
            recordLossStates.put(topic.name(), Double.NaN);
            // A topic that was just created has the declared settings; not every broker knows it
            // yet.
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                log.accept("The settings of " + topic.name() + " cannot be read: " + FailureFormatter.format(e));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void checkSettings(KafkaTopic topic, Config found, Consumer<String> log) {
        Map<String, String> lossy =
                topic.retention().isEmpty() ? findDifferences(topic, found, RETENTION_SETTINGS) : Map.of();
        recordLossStates.put(topic.name(), lossy.isEmpty() ? 0.0 : 1.0);
        warn(
                topic,
                lossy,
                "records that the topic loses are missing from every rebuild and replay. Unless that is intended, run",
                log);
        Map<String, String> timestamps =
                findDifferences(topic, found, Set.of(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG));
        // A lower limit is harmless.
        timestamps
                .entrySet()
                .removeIf(setting -> Long.parseLong(setting.getValue())
                        < Long.parseLong(topic.configs().get(setting.getKey())));
        warn(
                topic,
                timestamps,
                "the broker accepts records whose timestamp is further ahead than declared. To change that, run",
                log);
    }

    /** Returns the given settings that differ from the declaration, with the actual value. */
    private static Map<String, String> findDifferences(KafkaTopic topic, Config found, Set<String> names) {
        Map<String, String> differences = new TreeMap<>();
        topic.configs().forEach((name, value) -> {
            ConfigEntry actual = found.get(name);
            // Other implementations of Kafka's protocol may lack a setting.
            if (names.contains(name) && actual != null && !value.equals(actual.value())) {
                differences.put(name, actual.value());
            }
        });
        return differences;
    }

    private static void warn(
            KafkaTopic topic, Map<String, String> differences, String consequence, Consumer<String> log) {
        if (!differences.isEmpty()) {
            Map<String, String> declared = new TreeMap<>(topic.configs());
            declared.keySet().retainAll(differences.keySet());
            log.accept(topic.name() + " has " + format(differences) + ", declared is " + format(declared) + ": "
                    + consequence + ": kafka-configs.sh --bootstrap-server … --alter --topic " + topic.name()
                    + " --add-config " + format(declared));
        }
    }

    private static String format(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(","));
    }
}
