package io.gonkapulse.trackerpoller.own;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.contracts.Topic;
import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.contracts.json.CommandCodec;
import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.trackerpoller.publish.StrayOrders;
import io.gonkapulse.trackerpoller.publish.StrayOrders.Place;
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
 * Joins the group of pollers on {@link Topic#COMMANDS}: who owns the partition of a tracker's name polls the tracker, and
 * gets the orders for it. Lives on one thread until it is stopped.
 */
final class OwnershipListener implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(OwnershipListener.class);
    private static final Duration PATIENCE = Duration.ofMillis(250);
    private static final Duration BETWEEN_COMMITS = Duration.ofMillis(1_500);
    private static final Duration COMMIT_TIME = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final Collection<TrackerName> trackers;
    private final Owner owner;
    private final Lease lease;
    private final InstantSource clock;
    private final StrayOrders strayOrders;
    private final CommandCodec codec = new CommandCodec();
    private final Map<TopicPartition, Share> shares = new ConcurrentHashMap<>();
    private Instant committedAt = Instant.MIN;
    private int partitions;

    OwnershipListener(
            Consumer<byte[], byte[]> consumer,
            Collection<TrackerName> trackers,
            Owner owner,
            Lease lease,
            InstantSource clock,
            StrayOrders strayOrders) {
        this.consumer = consumer;
        this.trackers = List.copyOf(trackers);
        this.owner = owner;
        this.lease = lease;
        this.clock = clock;
        this.strayOrders = strayOrders;
    }

    /** Until {@link #stop}, or until the consumer cannot go on. */
    void listen() {
        try (consumer) {
            consumer.subscribe(List.of(Topic.COMMANDS.name()), this);
            while (true) {
                consumer.poll(PATIENCE).forEach(this::receive);
                requireSamePartitions();
                commitIfDue();
            }
        } catch (WakeupException stopped) {
            LOG.debug("Leaving the group of pollers");
        } finally {
            lease.end();
            shares.values().stream().flatMap(share -> share.trackers().stream()).forEach(owner::give);
            shares.clear();
        }
    }

    /** From any thread. */
    void stop() {
        consumer.wakeup();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        if (haveNamesMoved()) {
            return;
        }
        partitions = partitionsNow();
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(assigned));
        for (TopicPartition partition : assigned) {
            OffsetAndMetadata commit = committed.get(partition);
            Share share = new Share(
                    trackersOf(partition), consumer.position(partition), commit == null ? "" : commit.metadata());
            shares.put(partition, share);
            share.trackers().forEach(tracker -> owner.take(tracker, share.meetingWith(tracker)));
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
            Share share = shares.remove(partition);
            if (share != null) {
                share.trackers().forEach(owner::give);
            }
        }
    }

    private void receive(ConsumerRecord<byte[], byte[]> message) {
        Share share = shares.get(new TopicPartition(message.topic(), message.partition()));
        if (share == null) {
            return;
        }
        Runnable done = share.received(message.offset());
        try {
            take(codec.decode(message.value() == null ? new byte[0] : message.value()), message.partition(), done);
        } catch (UndecodableMessageException undecodable) {
            strayOrders.setAside(
                    new Place(message.topic(), message.partition(), message.offset()),
                    message.key(),
                    message.value(),
                    String.valueOf(undecodable.getMessage()));
            done.run();
        }
    }

    /** An order can lie where its tracker lay before partitions were added. */
    private void take(TrackerCommand command, int partition, Runnable done) {
        int home = partition(command.tracker());
        if (home == partition) {
            owner.order(command, done);
        } else {
            strayOrders.sendOn(command, home);
            done.run();
        }
    }

    /** A clock that was set back would put it off until it has caught up. */
    private void commitIfDue() {
        Instant now = clock.instant();
        if (now.isBefore(committedAt) || !now.isBefore(committedAt.plus(BETWEEN_COMMITS))) {
            commit();
        }
    }

    /** The proof that this poller is still a member: the coordinator takes no commit of anyone else. */
    private void commit() {
        Instant asOf = clock.instant();
        try {
            if (isMember()) {
                committedAt = asOf;
                lease.prolong(asOf);
            }
        } catch (CommitFailedException | RebalanceInProgressException | TimeoutException refused) {
            LOG.debug("A commit was not taken: {}", refused.getMessage());
        }
    }

    /**
     * Without partitions there is nothing to commit, and the client says so without asking anybody. Then it has to do that the
     * coordinator answers at all, and has let this poller in: there is nothing that another poller could poll as well.
     */
    private boolean isMember() {
        Map<TopicPartition, OffsetAndMetadata> positions = positions();
        if (!positions.isEmpty()) {
            consumer.commitSync(positions, COMMIT_TIME);
            return true;
        }
        if (consumer.groupMetadata().generationId() < 0) {
            return false;
        }
        consumer.committed(Set.of(new TopicPartition(Topic.COMMANDS.name(), 0)), COMMIT_TIME);
        return true;
    }

    private Map<TopicPartition, OffsetAndMetadata> positions() {
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        shares.forEach(
                (partition, share) -> positions.put(partition, new OffsetAndMetadata(share.position(), share.note())));
        return positions;
    }

    /** A name falls elsewhere then; whoever went on would poll trackers that another poller has by now. */
    private void requireSamePartitions() {
        if (haveNamesMoved()) {
            throw new IllegalStateException(Topic.COMMANDS.name() + " has " + partitionsNow() + " partitions and had "
                    + partitions + ": its trackers are shared out anew");
        }
    }

    private boolean haveNamesMoved() {
        return partitions > 0 && partitionsNow() != partitions;
    }

    private int partitionsNow() {
        return consumer.partitionsFor(Topic.COMMANDS.name()).size();
    }

    private List<TrackerName> trackersOf(TopicPartition partition) {
        return trackers.stream()
                .filter(tracker -> partition(tracker) == partition.partition())
                .toList();
    }

    /** As the producers' default partitioner has it. */
    private int partition(TrackerName tracker) {
        return Utils.toPositive(Utils.murmur2(tracker.value().getBytes(UTF_8))) % partitions;
    }
}
