package io.gonkapulse.trackerpoller.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.Topic;
import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.json.CommandCodec;
import io.gonkapulse.contracts.json.PollCodec;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.servicekit.traces.Traces;
import io.gonkapulse.trackerpoller.telling.PollNotes;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes through one producer. What is under way is bounded by the producer's buffer: when the broker is away, adding
 * waits a little, then fails, and nothing piles up.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the callback of each send hears how it ended
public final class KafkaPublisher implements Outlet, StrayOrders {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaPublisher.class);

    /** A poller that has no broker soon polls no more, so these are few. */
    private static final int MOST_UNTOLD = 100;

    private final Producer<byte[], byte[]> producer;
    private final PollTraces traces;
    private final InstantSource clock;
    private final Consumer<String> refusals;
    private final SnapshotCodec snapshots = new SnapshotCodec();
    private final PollCodec polls = new PollCodec();
    private final CommandCodec commands = new CommandCodec();
    private final Deque<Poll> untold = new ArrayDeque<>();

    public KafkaPublisher(Producer<byte[], byte[]> producer, InstantSource clock) {
        this(producer, Traces.OFF, clock, topic -> {});
    }

    /**
     * Publishes with the times of a clock.
     *
     * @param refusals hears the topic of each record that the broker refused for its time
     */
    public KafkaPublisher(
            Producer<byte[], byte[]> producer, Traces traces, InstantSource clock, Consumer<String> refusals) {
        this.producer = producer;
        this.traces = new PollTraces(traces);
        this.clock = clock;
        this.refusals = refusals;
    }

    @Override
    public void begins(PollNotes poll) {
        traces.begin(poll);
    }

    @Override
    public Batch begin() {
        return new KafkaBatch();
    }

    /** Does not wait: the snapshots are safe. Of what Kafka did not take it is told once it has taken a later poll. */
    @Override
    public void tell(Poll poll) {
        if (poll.counts().published() > 0) {
            takeUntold().forEach(this::send);
        }
        send(poll);
        traces.end(poll);
    }

    private void send(Poll poll) {
        try {
            producer.send(
                    record(Topic.POLLS, poll.tracker().value(), polls.encode(poll), poll.pollId()),
                    (metadata, failure) -> {
                        if (failure != null) {
                            countIfRefused(Topic.POLLS.name(), failure);
                            keep(poll, failure);
                        }
                    });
        } catch (KafkaException failure) {
            keep(poll, failure);
        }
    }

    private void keep(Poll poll, Exception failure) {
        LOG.warn("Could not tell of poll {} of {} yet: {}", poll.pollId(), poll.tracker(), failure.getMessage());
        synchronized (untold) {
            if (untold.size() == MOST_UNTOLD) {
                untold.removeFirst();
            }
            untold.addLast(poll);
        }
    }

    private List<Poll> takeUntold() {
        synchronized (untold) {
            List<Poll> taken = List.copyOf(untold);
            untold.clear();
            return taken;
        }
    }

    /** Returns when the order is safe. */
    public void order(TrackerCommand command) {
        KafkaBatch batch = new KafkaBatch();
        batch.send(record(Topic.COMMANDS, command.tracker().value(), commands.encode(command)));
        batch.finish();
    }

    @Override
    public void sendOn(TrackerCommand order, int partition) {
        KafkaBatch batch = new KafkaBatch();
        batch.send(new ProducerRecord<>(
                Topic.COMMANDS.name(),
                partition,
                clock.millis(),
                order.tracker().value().getBytes(UTF_8),
                commands.encode(order)));
        batch.finish();
        LOG.info("Order {} for {} was sent on to partition {}", order.id(), order.tracker(), partition);
    }

    /** Returns when it is safe: only then may the order be done with. */
    @Override
    public void setAside(Place place, byte @Nullable [] key, byte @Nullable [] value, String reason) {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(StrayOrders.TOPIC.name(), key, value);
        letter.headers()
                .add("reason", reason.getBytes(UTF_8))
                .add("source-topic", place.topic().getBytes(UTF_8))
                .add("source-partition", String.valueOf(place.partition()).getBytes(UTF_8))
                .add("source-offset", String.valueOf(place.offset()).getBytes(UTF_8));
        KafkaBatch batch = new KafkaBatch();
        batch.send(letter);
        batch.finish();
        LOG.warn("Order at {} cannot be read and was set aside: {}", place, reason);
    }

    private ProducerRecord<byte[], byte[]> record(Topic topic, String key, byte[] value, String pollId) {
        ProducerRecord<byte[], byte[]> record = record(topic, key, value);
        byte[] trace = traces.header(pollId);
        if (trace != null) {
            record.headers().add(Traces.HEADER, trace);
        }
        return record;
    }

    private ProducerRecord<byte[], byte[]> record(Topic topic, String key, byte[] value) {
        return new ProducerRecord<>(topic.name(), null, clock.millis(), key.getBytes(UTF_8), value);
    }

    private void countIfRefused(String topic, Exception failure) {
        if (isForItsTime(failure)) {
            refusals.accept(topic);
        }
    }

    /** Of a batch with several records out of range the client tells the second; nothing else makes ours invalid. */
    private static boolean isForItsTime(Exception failure) {
        return failure instanceof InvalidTimestampException || failure instanceof InvalidRecordException;
    }

    private final class KafkaBatch implements Batch {

        private final AtomicReference<@Nullable Exception> lost = new AtomicReference<>();

        @Override
        public void add(Snapshot snapshot) {
            requireNoneLost();
            send(record(
                    Topic.SNAPSHOTS,
                    snapshot.node().value(),
                    snapshots.encode(snapshot),
                    snapshot.origin().pollId()));
        }

        void send(ProducerRecord<byte[], byte[]> message) {
            try {
                producer.send(message, (metadata, failure) -> {
                    if (failure != null) {
                        countIfRefused(message.topic(), failure);
                        lost.compareAndSet(null, failure);
                    }
                });
            } catch (KafkaException failure) {
                throw failed(failure);
            }
        }

        @Override
        public void finish() {
            try {
                producer.flush();
            } catch (InterruptException interrupted) {
                throw failed(interrupted);
            }
            requireNoneLost();
        }

        private void requireNoneLost() {
            Exception failure = lost.get();
            if (failure != null) {
                throw failed(failure);
            }
        }

        private static PublishFailedException failed(Exception failure) {
            if (isForItsTime(failure)) {
                PublishFailedException refused = PublishFailedException.refused(
                        "Kafka refused the time of what was published. Check the clock of this host: it is ahead of the"
                                + " broker's clock by more than the topic allows. " + failure.getMessage(),
                        failure);
                LOG.error("{}", refused.getMessage());
                return refused;
            }
            return new PublishFailedException(
                    "Kafka did not take what was published: " + failure.getMessage(), failure);
        }
    }
}
