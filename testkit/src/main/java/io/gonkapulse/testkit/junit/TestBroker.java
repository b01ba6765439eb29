package io.gonkapulse.testkit.junit;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A real broker with no topics, no records and no groups but those of this test class. */
public sealed class TestBroker permits DedicatedBroker {

    private static final short ALONE = 1;

    private final String bootstrapServers;

    TestBroker(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    public final String bootstrapServers() {
        return bootstrapServers;
    }

    /** Topics are never made by using them. */
    public final void createTopic(String name, int partitions) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(Set.of(new NewTopic(name, partitions, ALONE)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Could not create topic " + name, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while topic " + name + " was made", e);
        }
    }
}
