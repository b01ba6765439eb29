package io.gonkapulse.benchmarks.harness;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.localservers.LocalBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Runs a broker in its own JVM, so that its garbage collection does not affect the measured program. */
public final class BrokerMain {

    /** Second argument: creates the topics of the system. */
    public static final String WITH_TOPICS = "with-topics";

    private static final short ONE_REPLICA = 1;

    private BrokerMain() {}

    /**
     * Reports the bootstrap servers when the broker is ready.
     *
     * @param args data directory, and optionally {@link #WITH_TOPICS}
     */
    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        try (LocalBroker broker = new LocalBroker(Path.of(args[0]), 0).start()) {
            if (args.length > 1 && args[1].equals(WITH_TOPICS)) {
                createTopics(broker.bootstrapServers());
            }
            ForkedProcess.report(broker.bootstrapServers());
            ForkedProcess.awaitStop();
        }
        System.exit(0);
    }

    private static void createTopics(String servers) throws InterruptedException, ExecutionException {
        List<NewTopic> topics = Stream.concat(KafkaTopic.TRACKER_TOPICS.stream(), Stream.of(KafkaTopic.JOB_EVENTS))
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), ONE_REPLICA).configs(topic.configs()))
                .toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(topics).all().get();
        }
    }
}
