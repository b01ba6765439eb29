package io.gonkapulse.benchmarks.writer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Waits for consumer groups: forming one takes seconds that must not count as throughput. */
record ConsumerGroupMonitor(String bootstrapServers, String name, String topic) {

    private static final long CHECK_INTERVAL_NANOS = Duration.ofMillis(5).toNanos();

    /** Returns once so many members have partitions of the topic. */
    void awaitMembers(int members) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            while (countAssignedMembers(admin) < members) {
                LockSupport.parkNanos(CHECK_INTERVAL_NANOS);
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("Could not describe the group " + name + "", e);
        }
    }

    /** A group that does not exist yet has no members. */
    private long countAssignedMembers(Admin admin) throws ExecutionException, InterruptedException {
        try {
            return admin.describeConsumerGroups(List.of(name)).all().get().values().stream()
                    .flatMap(group -> group.members().stream())
                    .filter(member -> member.assignment().topicPartitions().stream()
                            .anyMatch(partition -> partition.topic().equals(topic)))
                    .count();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return 0;
            }
            throw e;
        }
    }
}
