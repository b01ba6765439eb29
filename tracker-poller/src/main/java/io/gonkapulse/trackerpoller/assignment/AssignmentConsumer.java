package io.gonkapulse.trackerpoller.assignment;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.contracts.json.CommandCodec;
import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.trackerpoller.publishing.KafkaPublisher;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins the consumer group on {@link KafkaTopic#COMMANDS}. The poller that gets the partition of a tracker's name polls
 * that tracker and receives its commands. Confined to one thread, except {@link #stop}.
 */
public final class AssignmentConsumer implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(AssignmentConsumer.class);
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(250);
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(1_500);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final Collection<TrackerName> trackers;
    private final TrackerAssignmentListener listener;
    private final Lease lease;
    private final InstantSource clock;
    private final KafkaPublisher publisher;
    private final CommandCodec codec = new CommandCodec();
    private final Map<TopicPartition, AssignedPartition> assignments = new ConcurrentHashMap<>();
    private Instant committedAt = Instant.MIN;
    private int partitionCount;

    public AssignmentConsumer(
            Consumer<byte[], byte[]> consumer,
            Collection<TrackerName> trackers,
            TrackerAssignmentListener listener,
            Lease lease,
            InstantSource clock,
            KafkaPublisher publisher) {
        this.consumer = consumer;
        this.trackers = List.copyOf(trackers);
        this.listener = listener;
        this.lease = lease;
        this.clock = clock;
        this.publisher = publisher;
    }

    /** Runs until {@link #stop} is called or the consumer fails. */
    void run() {
        try (consumer) {
            consumer.subscribe(List.of(KafkaTopic.COMMANDS.name()), this);
            while (true) {
                consumer.poll(POLL_TIMEOUT).forEach(this::receive);
                requireSamePartitionCount();
                commitIfDue();
            }
        } catch (WakeupException stopped) {
            LOG.debug("Leaving the consumer group of the pollers");
        } finally {
            lease.expire();
            assignments.values().stream()
                    .flatMap(assignment -> assignment.trackers().stream())
                    .forEach(listener::onRevoked);
            assignments.clear();
        }
    }

    /** May be called from any thread. */
    void stop() {
        consumer.wakeup();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        if (hasPartitionCountChanged()) {
            return;
        }
        partitionCount = currentPartitionCount();
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(assigned));
        for (TopicPartition partition : assigned) {
            OffsetAndMetadata commit = committed.get(partition);
            AssignedPartition assignment = new AssignedPartition(
                    trackersOf(partition), consumer.position(partition), commit == null ? "" : commit.metadata());
            assignments.put(partition, assignment);
            assignment
                    .trackers()
                    .forEach(tracker -> listener.onAssigned(tracker, assignment.initialBackfillOf(tracker)));
        }
        commit();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        commit();
        onPartitionsLost(revoked);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        for (TopicPartition partition : lost) {
            AssignedPartition assignment = assignments.remove(partition);
            if (assignment != null) {
                assignment.trackers().forEach(listener::onRevoked);
            }
        }
    }

    /** Ignores records of partitions that were revoked in the meantime. */
    private void receive(ConsumerRecord<byte[], byte[]> record) {
        AssignedPartition assignment = assignments.get(new TopicPartition(record.topic(), record.partition()));
        if (assignment == null) {
            return;
        }
        Runnable acknowledge = assignment.trackOffset(record.offset());
        try {
            dispatch(
                    codec.decode(record.value() == null ? new byte[0] : record.value()),
                    record.partition(),
                    acknowledge);
        } catch (UndecodableMessageException undecodable) {
            publisher.deadLetter(record, String.valueOf(undecodable.getMessage()));
            acknowledge.run();
        }
    }

    /** Forwards a command that was sent before partitions were added: its tracker is in another partition now. */
    private void dispatch(TrackerCommand command, int partition, Runnable acknowledge) {
        int current = partitionOf(command.tracker());
        if (current == partition) {
            listener.onCommand(command, acknowledge);
        } else {
            publisher.forward(command, current);
            acknowledge.run();
        }
    }

    /** Commits also when the clock was set back; otherwise the next commit would wait until the clock has caught up. */
    private void commitIfDue() {
        Instant now = clock.instant();
        if (now.isBefore(committedAt) || !now.isBefore(committedAt.plus(COMMIT_INTERVAL))) {
            commit();
        }
    }

    /**
     * Renews the lease with a commit. The coordinator accepts commits of members only, so an accepted commit proves
     * membership.
     */
    private void commit() {
        Instant asOf = clock.instant();
        try {
            if (confirmMembership()) {
                committedAt = asOf;
                lease.renew(asOf);
            }
        } catch (CommitFailedException | RebalanceInProgressException | TimeoutException refused) {
            LOG.debug("Kafka rejected a commit: {}", refused.getMessage());
        }
    }

    /**
     * Without partitions there is nothing to commit, and the client would succeed without a request. Then a response of
     * the coordinator and a valid generation are proof enough: no tracker is assigned that another poller could poll
     * too.
     */
    private boolean confirmMembership() {
        Map<TopicPartition, OffsetAndMetadata> positions = committableOffsets();
        if (!positions.isEmpty()) {
            consumer.commitSync(positions, COMMIT_TIMEOUT);
            return true;
        }
        if (consumer.groupMetadata().generationId() < 0) {
            return false;
        }
        consumer.committed(Set.of(new TopicPartition(KafkaTopic.COMMANDS.name(), 0)), COMMIT_TIMEOUT);
        return true;
    }

    private Map<TopicPartition, OffsetAndMetadata> committableOffsets() {
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        assignments.forEach((partition, assignment) -> positions.put(
                partition, new OffsetAndMetadata(assignment.committableOffset(), assignment.commitMetadata())));
        return positions;
    }

    /**
     * A different partition count moves tracker names to other partitions. To go on would poll trackers of other
     * pollers.
     */
    private void requireSamePartitionCount() {
        if (hasPartitionCountChanged()) {
            throw new IllegalStateException(KafkaTopic.COMMANDS.name() + " has " + currentPartitionCount()
                    + " partitions, expected " + partitionCount + "; joining the group again with the new number");
        }
    }

    private boolean hasPartitionCountChanged() {
        return partitionCount > 0 && currentPartitionCount() != partitionCount;
    }

    private int currentPartitionCount() {
        return consumer.partitionsFor(KafkaTopic.COMMANDS.name()).size();
    }

    /** The group assigns partitions; trackers follow by their name. */
    private List<TrackerName> trackersOf(TopicPartition partition) {
        return trackers.stream()
                .filter(tracker -> partitionOf(tracker) == partition.partition())
                .toList();
    }

    /** Partitions like the default partitioner of Kafka's producer. */
    private int partitionOf(TrackerName tracker) {
        return Utils.toPositive(Utils.murmur2(tracker.value().getBytes(UTF_8))) % partitionCount;
    }
}
