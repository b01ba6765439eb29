package io.gonkapulse.benchmarks.poller;

import io.gonkapulse.benchmarks.fork.ForkedProgram;
import io.gonkapulse.contracts.Topic;
import io.gonkapulse.testkit.local.LocalBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A real broker with the topics of the system. */
public final class BrokerMain {

    private static final short ONE_REPLICA = 1;

    private BrokerMain() {}

    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        try (LocalBroker broker = new LocalBroker(Path.of(args[0]), 0).start()) {
            declareTopics(broker.bootstrapServers());
            ForkedProgram.say(broker.bootstrapServers());
            ForkedProgram.untilTold();
        }
        System.exit(0);
    }

    private static void declareTopics(String servers) throws InterruptedException, ExecutionException {
        List<NewTopic> topics = Topic.ALL.stream()
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), ONE_REPLICA).configs(topic.settings()))
                .toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(topics).all().get();
        }
    }
}
