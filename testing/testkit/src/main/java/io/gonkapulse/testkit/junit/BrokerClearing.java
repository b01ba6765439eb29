package io.gonkapulse.testkit.junit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Takes away every topic and every group that an earlier test class has left on a broker. */
record BrokerClearing(String bootstrapServers, Duration patience) {

    BrokerClearing(String bootstrapServers) {
        this(bootstrapServers, Duration.ofSeconds(10));
    }

    void run() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            deleteGroups(admin);
            deleteTopics(admin);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Could not clear the test broker: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the test broker was cleared", e);
        }
    }

    private void deleteGroups(Admin admin) throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (List<String> left = groups(admin); !left.isEmpty(); left = groups(admin)) {
            try {
                admin.deleteConsumerGroups(left).all().get();
            } catch (ExecutionException e) {
                if (System.nanoTime() > deadline && e.getCause() instanceof GroupNotEmptyException) {
                    throw new IllegalStateException(
                            "An earlier test class has left a consumer open in one of the groups " + left
                                    + ", so nothing can be fresh: close it there");
                }
                requireLeavingOrGone(e);
            }
        }
    }

    private static void deleteTopics(Admin admin) throws ExecutionException, InterruptedException {
        // The broker believes for a moment longer in topics that the controller has deleted. Who made one of the same
        // name meanwhile would write to the old one.
        for (Set<String> left = topics(admin); !left.isEmpty(); left = topics(admin)) {
            try {
                admin.deleteTopics(left).all().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
    }

    private static void requireLeavingOrGone(ExecutionException e) throws ExecutionException {
        if (!(e.getCause() instanceof GroupNotEmptyException || e.getCause() instanceof GroupIdNotFoundException)) {
            throw e;
        }
    }

    private static List<String> groups(Admin admin) throws ExecutionException, InterruptedException {
        return admin.listGroups().all().get().stream()
                .map(GroupListing::groupId)
                .toList();
    }

    private static Set<String> topics(Admin admin) throws ExecutionException, InterruptedException {
        return admin.listTopics().names().get();
    }
}
