package io.gonkapulse.workercore;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.Topic;
import io.gonkapulse.servicekit.launch.FailureLine;
import io.gonkapulse.workercore.gate.SchemaGate;
import io.gonkapulse.workercore.intake.Intake;
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
 * Makes the topics of the intakes where they are missing. One that is there is left as it is, because its settings are an
 * operator's; but what differs and does harm is told.
 */
final class TopicDeclaration implements SchemaGate.Topics {

    static final int LARGEST_DEAD_LETTER = 16 << 20;

    private static final int TIMEOUT_SECONDS = 10;

    /** By these a topic that should be kept for ever may lose records. */
    private static final Set<String> WHAT_IS_KEPT = Set.of(
            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.RETENTION_MS_CONFIG, TopicConfig.RETENTION_BYTES_CONFIG);

    private final Map<String, Object> adminSettings;
    private final List<Intake> intakes;
    private final Consumer<String> warnings;
    private final Map<String, Double> losesRecords = new ConcurrentHashMap<>();
    private volatile Set<String> toldOf = Set.of();

    TopicDeclaration(Map<String, Object> adminSettings, List<Intake> intakes, Consumer<String> warnings) {
        this.adminSettings = new HashMap<>(adminSettings);
        this.adminSettings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_SECONDS * 1_000);
        this.adminSettings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_SECONDS * 1_000 / 2);
        this.intakes = List.copyOf(intakes);
        this.warnings = warnings;
    }

    @Override
    public boolean declare() {
        make(declared());
        intakes.stream().map(Intake::topic).forEach(topic -> compare(topic, warnings));
        return true;
    }

    /** A topic that somebody deletes while its consumers run would hold them up until they are started again. */
    @Override
    public void declareMissing() {
        try (Admin admin = Admin.create(adminSettings)) {
            Set<String> there = admin.listTopics().names().get();
            List<NewTopic> missing =
                    declared().filter(topic -> !there.contains(topic.name())).toList();
            Set<String> names = missing.stream().map(NewTopic::name).collect(Collectors.toCollection(TreeSet::new));
            if (!names.isEmpty() && !names.equals(toldOf)) {
                warnings.accept(String.join(", ", names)
                        + " vanished while the consumers ran and is made again, empty: what it held is lost");
            }
            toldOf = names;
            make(missing.stream());
            // What differs was told at the start.
            intakes.stream().map(Intake::topic).forEach(topic -> compare(topic, line -> {}));
        } catch (ExecutionException e) {
            throw new KafkaException("The topics cannot be listed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Stream<NewTopic> declared() {
        return intakes.stream()
                .flatMap(intake -> Stream.of(
                        topic(intake.topic()), deadLetters(intake.topic().deadLettersOf(intake.group()))));
    }

    private void make(Stream<NewTopic> topics) {
        KafkaAdmin admin = new KafkaAdmin(adminSettings);
        admin.setOperationTimeout(TIMEOUT_SECONDS);
        admin.createOrModifyTopics(topics.toArray(NewTopic[]::new));
    }

    private static NewTopic topic(Topic topic) {
        return builder(topic).build();
    }

    private static NewTopic deadLetters(Topic topic) {
        return builder(topic)
                .config("max.message.bytes", String.valueOf(LARGEST_DEAD_LETTER))
                .build();
    }

    private static TopicBuilder builder(Topic topic) {
        return TopicBuilder.name(topic.name()).partitions(topic.partitions()).configs(topic.settings());
    }

    @Override
    public double losesRecords(String topic) {
        return losesRecords.getOrDefault(topic, Double.NaN);
    }

    private void compare(Topic topic, Consumer<String> screen) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        try (Admin admin = Admin.create(adminSettings)) {
            Map<ConfigResource, Config> found =
                    admin.describeConfigs(Set.of(resource)).all().get();
            compare(topic, requireNonNull(found.get(resource), "the settings that were asked for"), screen);
        } catch (ExecutionException e) {
            losesRecords.put(topic.name(), Double.NaN);
            // A topic that was made a moment ago, as declared, is not known to every broker yet.
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                screen.accept("The settings of " + topic.name() + " cannot be seen: " + FailureLine.of(e));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void compare(Topic topic, Config found, Consumer<String> screen) {
        Map<String, String> lossy = topic.retention().isEmpty() ? differing(topic, found, WHAT_IS_KEPT) : Map.of();
        losesRecords.put(topic.name(), lossy.isEmpty() ? 0.0 : 1.0);
        warn(topic, lossy, "what the topic loses, no rebuild and no replay has. If that is not on purpose", screen);
        Map<String, String> timestamps =
                differing(topic, found, Set.of(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG));
        // A lower limit does no harm.
        timestamps
                .entrySet()
                .removeIf(there -> Long.parseLong(there.getValue())
                        < Long.parseLong(topic.settings().get(there.getKey())));
        warn(
                topic,
                timestamps,
                "the broker takes records of a sender whose clock is further ahead than declared. To change that",
                screen);
    }

    /** Those of these settings that are others than declared, with what the topic has. */
    private static Map<String, String> differing(Topic topic, Config found, Set<String> names) {
        Map<String, String> others = new TreeMap<>();
        topic.settings().forEach((name, value) -> {
            ConfigEntry there = found.get(name);
            // What speaks Kafka's protocol need not know all of Kafka's settings.
            if (names.contains(name) && there != null && !value.equals(there.value())) {
                others.put(name, there.value());
            }
        });
        return others;
    }

    private static void warn(Topic topic, Map<String, String> others, String consequence, Consumer<String> screen) {
        if (!others.isEmpty()) {
            Map<String, String> declared = new TreeMap<>(topic.settings());
            declared.keySet().retainAll(others.keySet());
            screen.accept(topic.name() + " has " + joined(others) + ", declared is " + joined(declared) + ": "
                    + consequence + ": kafka-configs.sh --bootstrap-server … --alter --topic " + topic.name()
                    + " --add-config " + joined(declared));
        }
    }

    private static String joined(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(","));
    }
}
