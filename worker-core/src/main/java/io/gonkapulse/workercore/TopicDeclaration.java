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
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Makes the topics of the intakes where they are missing. One that is there is left as it is, because its settings are an
 * operator's; but whether one that should be kept for ever is kept so is told.
 */
final class TopicDeclaration implements SchemaGate.Topics {

    static final int LARGEST_DEAD_LETTER = 16 << 20;

    private static final int TIMEOUT_SECONDS = 10;

    private final Map<String, Object> adminSettings;
    private final List<Intake> intakes;
    private final Consumer<String> warnings;
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
        intakes.stream()
                .map(Intake::topic)
                .filter(topic -> topic.retention().isEmpty())
                .forEach(this::compare);
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

    private void compare(Topic topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        try (Admin admin = Admin.create(adminSettings)) {
            Map<ConfigResource, Config> found =
                    admin.describeConfigs(Set.of(resource)).all().get();
            compare(topic, requireNonNull(found.get(resource), "the settings that were asked for"));
        } catch (ExecutionException e) {
            // A topic that was made a moment ago, as declared, is not known to every broker yet.
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                warnings.accept("Whether " + topic.name() + " is kept for ever cannot be seen: " + FailureLine.of(e));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void compare(Topic topic, Config found) {
        Map<String, String> others = new TreeMap<>();
        Map<String, String> declared = new TreeMap<>();
        topic.settings().forEach((name, value) -> {
            ConfigEntry there = found.get(name);
            // What speaks Kafka's protocol need not know all of Kafka's settings.
            if (there != null && !value.equals(there.value())) {
                others.put(name, there.value());
                declared.put(name, value);
            }
        });
        if (!others.isEmpty()) {
            warnings.accept(topic.name() + " has " + joined(others) + ", declared is " + joined(declared)
                    + ": what the topic loses, no rebuild and no replay has. If that is not on purpose: kafka-configs.sh"
                    + " --bootstrap-server … --alter --topic " + topic.name() + " --add-config " + joined(declared));
        }
    }

    private static String joined(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(","));
    }
}
