package io.gonkapulse.localservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(PER_CLASS)
@Tag("broker")
class LocalBrokerTest {

    private final LinkedBlockingQueue<LocalServerFailedException> failures = new LinkedBlockingQueue<>();
    private final Path home;
    private final LocalBroker broker;
    private final TextRecordClient records;

    LocalBrokerTest(@TempDir(factory = TempHomeFactory.class) Path home) {
        this.home = home;
        this.broker = new LocalBroker(home, 0, failures::add);
        this.records = new TextRecordClient(broker.bootstrapServers());
    }

    @BeforeEach
    void startBroker() {
        broker.start();
    }

    @AfterEach
    void closeBroker() {
        broker.close();
    }

    @Test
    void keepsDataAndIdentityAcrossRestart() throws Exception {
        String clusterId = records.clusterId();
        records.createTopic("kept");
        records.write("kept", "first");
        records.write("kept", "second");
        assertThat(records.read("kept", "group", 2)).containsExactly("first", "second");

        broker.stop();
        broker.start();

        records.write("kept", "third");
        assertThat(records.read("kept", "group", 1)).containsExactly("third");
        assertThat(records.read("kept", "new group", 3)).containsExactly("first", "second", "third");
        assertThat(records.clusterId()).isEqualTo(clusterId);
        assertThat(broker.bootstrapServers()).isEqualTo(records.bootstrapServers());
    }

    @Test
    void doesNotAutoCreateTopics() throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "max.block.ms", "500"),
                new StringSerializer(),
                new StringSerializer())) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("undeclared", "x"))
                            .get())
                    .isInstanceOf(ExecutionException.class);
        }
        assertThat(records.topics()).doesNotContain("undeclared");
    }

    @Test
    void rejectsSecondStartOnSameDirectory() {
        try (LocalBroker second = new LocalBroker(home, 0)) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(DirectoryRefusedException.class)
                    .hasMessageContaining(home.toString())
                    .hasMessageContaining("in use by this process");
        }
    }

    @Test
    void namesPortInUseAndRequester(@TempDir(factory = TempHomeFactory.class) Path another) {
        try (LocalBroker second = new LocalBroker(another, broker.port())) {
            assertThatThrownBy(second::start)
                    .isInstanceOfSatisfying(PortInUseException.class, e -> {
                        assertThat(e.requestedBy()).isEqualTo("Kafka");
                        assertThat(e.port()).isEqualTo(broker.port());
                    })
                    .hasMessageContaining("Port " + broker.port() + " is taken");
        }
    }

    @Test
    void unreadableDataFailsOnlyTheStart() throws Exception {
        records.createTopic("old");
        broker.stop();
        Path properties = home.resolve("data").resolve("meta.properties");
        String kept = Files.readString(properties);
        Files.writeString(properties, kept.replace("node.id=1", "node.id=7"));

        assertThatThrownBy(broker::start)
                .isInstanceOf(LocalServerFailedException.class)
                .hasMessageContaining("did not start")
                .hasMessageContaining("7");

        Files.writeString(properties, kept);
        broker.start();
        assertThat(records.topics()).contains("old");
    }

    @Test
    void reportsFatalFailureWithoutExit() throws Exception {
        Exit.halt(1, "the disk is gone");

        assertThat(failures)
                .singleElement()
                .satisfies(
                        fault -> assertThat(fault).hasMessageContaining("The Kafka broker failed (the disk is gone)"));
    }

    @Test
    void stoppedBrokerReportsNoFailure() {
        broker.stop();
        Exit.exit(1);

        assertThat(failures).isEmpty();
    }
}
