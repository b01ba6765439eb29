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

/** Deletes every topic and consumer group that an earlier test class left on a broker. */
record BrokerCleaner(String bootstrapServers, Duration timeout) {

    /** Longer than the services' sessions of 15 s: only a consumer that is still open stays in its group. */
    BrokerCleaner(String bootstrapServers) {
        this(bootstrapServers, Duration.ofSeconds(30));
    }

    void clear() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            deleteGroups(admin);
            deleteTopics(admin);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Could not clear the test broker: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while clearing the test broker", e);
        }
    }

    /** Waits for consumers that are leaving their group. A group with a live member cannot be deleted. */
    private void deleteGroups(Admin admin) throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        for (List<String> remaining = groups(admin); !remaining.isEmpty(); remaining = groups(admin)) {
            try {
                admin.deleteConsumerGroups(remaining).all().get();
            } catch (ExecutionException e) {
                if (System.nanoTime() > deadline && e.getCause() instanceof GroupNotEmptyException) {
                    throw new IllegalStateException("Expected no open consumer, got one in the groups " + remaining
                            + ": an earlier test class left it open; close it there");
                }
                requireRemovable(e);
            }
        }
    }

    private static void deleteTopics(Admin admin) throws ExecutionException, InterruptedException {
        // The broker serves a deleted topic for a moment after the controller has dropped it. A writer that recreates
        // the topic in that moment writes to the old one, so this waits until the broker lists none.
        for (Set<String> remaining = topics(admin); !remaining.isEmpty(); remaining = topics(admin)) {
            try {
                admin.deleteTopics(remaining).all().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
    }

    private static void requireRemovable(ExecutionException e) throws ExecutionException {
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
