package io.gonkapulse.trackerpoller.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.json.CommandCodec;
import io.gonkapulse.contracts.json.PollCodec;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.servicekit.observability.PulseMeter;
import io.gonkapulse.servicekit.observability.SpanFactory;
import io.gonkapulse.trackerpoller.monitoring.PollContext;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
 * Publishes through one producer. Its buffer bounds the records in flight: while the broker is unavailable, adding
 * waits a little and then fails. Thread-safe.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the callback of each send receives the result
public final class KafkaPublisher implements PollPublisher {

    /** The consumer group of the pollers; part of the name of its dead-letter topic. */
    public static final String GROUP = "tracker-poller";

    public static final KafkaTopic DEAD_LETTERS = KafkaTopic.COMMANDS.deadLetterTopic(GROUP);

    private static final Logger LOG = LoggerFactory.getLogger(KafkaPublisher.class);

    /** Without a broker this poller soon loses its lease, so there are few. */
    private static final int MAX_UNSENT_POLLS = 100;

    private final Producer<byte[], byte[]> producer;
    private final PollTracer pollTracer;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final Counter deadLettered;
    private final BooleanSupplier leaseHeld;
    private final SnapshotCodec snapshots = new SnapshotCodec();
    private final PollCodec polls = new PollCodec();
    private final CommandCodec commands = new CommandCodec();
    private final Deque<Poll> unsentPolls = new ArrayDeque<>();

    /** @param leaseHeld whether the trackers are still assigned to this poller */
    public KafkaPublisher(
            Producer<byte[], byte[]> producer,
            SpanFactory traces,
            InstantSource clock,
            MeterRegistry meters,
            BooleanSupplier leaseHeld) {
        this.producer = producer;
        this.pollTracer = new PollTracer(traces);
        this.clock = clock;
        this.meters = meters;
        this.leaseHeld = leaseHeld;
        this.deadLettered = meters.counter(PulseMeter.RECORDS_DEAD_LETTERED.id(), "topic", KafkaTopic.COMMANDS.name());
        // Registers the counters at zero, so that alerts see the first increase.
        List.of(KafkaTopic.SNAPSHOTS, KafkaTopic.POLLS, KafkaTopic.COMMANDS)
                .forEach(topic -> rejectedCounter(topic.name()));
    }

    @Override
    public void onPollStarted(PollContext poll) {
        pollTracer.start(poll);
    }

    /** Fails without the lease, because another poller may poll the tracker. */
    @Override
    public PublishBatch startBatch() {
        if (!leaseHeld.getAsBoolean()) {
            throw new PublishFailedException(
                    "The lease expired without a response of Kafka's coordinator; another poller may poll the tracker by now");
        }
        return new KafkaBatch();
    }

    /**
     * Does not wait, because the snapshots are stored already. A record that Kafka did not accept is sent again after
     * the next successful poll. Needs no lease: the poll began under it, and consumers need to know which poll its
     * snapshots belong to.
     */
    @Override
    public void publishPoll(Poll poll) {
        if (poll.counts().published() > 0) {
            drainUnsentPolls().forEach(this::send);
        }
        send(poll);
        pollTracer.end(poll);
    }

    private void send(Poll poll) {
        try {
            producer.send(
                    record(KafkaTopic.POLLS, poll.tracker().value(), polls.encode(poll), poll.pollId()),
                    (metadata, failure) -> {
                        if (failure != null) {
                            countIfRejected(KafkaTopic.POLLS.name(), failure);
                            retainUnsent(poll, failure);
                        }
                    });
        } catch (KafkaException failure) {
            retainUnsent(poll, failure);
        }
    }

    /** Drops the oldest records when there are too many; the newest describe the current state. */
    private void retainUnsent(Poll poll, Exception failure) {
        LOG.warn(
                "Cannot publish poll {} of {}, retrying after the next successful poll: {}",
                poll.pollId(),
                poll.tracker(),
                failure.getMessage());
        synchronized (unsentPolls) {
            if (unsentPolls.size() == MAX_UNSENT_POLLS) {
                unsentPolls.removeFirst();
            }
            unsentPolls.addLast(poll);
        }
    }

    /** Empties the list first: a record that fails again is added by its callback. */
    private List<Poll> drainUnsentPolls() {
        synchronized (unsentPolls) {
            List<Poll> drained = List.copyOf(unsentPolls);
            unsentPolls.clear();
            return drained;
        }
    }

    /** Returns when Kafka has stored the command. */
    public void sendCommand(TrackerCommand command) {
        KafkaBatch batch = new KafkaBatch();
        batch.send(record(KafkaTopic.COMMANDS, command.tracker().value(), commands.encode(command)));
        batch.flush();
    }

    /** Sends a command to the current partition of its tracker; returns when Kafka has stored it. */
    public void forward(TrackerCommand command, int partition) {
        KafkaBatch batch = new KafkaBatch();
        batch.send(new ProducerRecord<>(
                KafkaTopic.COMMANDS.name(),
                partition,
                clock.millis(),
                command.tracker().value().getBytes(UTF_8),
                commands.encode(command)));
        batch.flush();
        LOG.info("Forwarded command {} for {} to partition {}", command.id(), command.tracker(), partition);
    }

    /** Returns when Kafka has stored the dead letter; only then may the command be acknowledged. */
    public void deadLetter(ConsumerRecord<byte[], byte[]> command, String reason) {
        ProducerRecord<byte[], byte[]> deadLetter =
                new ProducerRecord<>(DEAD_LETTERS.name(), command.key(), command.value());
        deadLetter
                .headers()
                .add("reason", reason.getBytes(UTF_8))
                .add("source-topic", command.topic().getBytes(UTF_8))
                .add("source-partition", String.valueOf(command.partition()).getBytes(UTF_8))
                .add("source-offset", String.valueOf(command.offset()).getBytes(UTF_8));
        KafkaBatch batch = new KafkaBatch();
        batch.send(deadLetter);
        batch.flush();
        deadLettered.increment();
        LOG.warn(
                "Dead-lettered the unreadable command at {}-{}, offset {}: {}",
                command.topic(),
                command.partition(),
                command.offset(),
                reason);
    }

    private ProducerRecord<byte[], byte[]> record(KafkaTopic topic, String key, byte[] value, String pollId) {
        ProducerRecord<byte[], byte[]> record = record(topic, key, value);
        byte[] trace = pollTracer.header(pollId);
        if (trace != null) {
            record.headers().add(SpanFactory.HEADER, trace);
        }
        return record;
    }

    private ProducerRecord<byte[], byte[]> record(KafkaTopic topic, String key, byte[] value) {
        return new ProducerRecord<>(topic.name(), null, clock.millis(), key.getBytes(UTF_8), value);
    }

    /** Counted separately, because only an operator can correct the clock. */
    private void countIfRejected(String topic, Exception failure) {
        if (isTimestampRejection(failure)) {
            rejectedCounter(topic).increment();
        }
    }

    private Counter rejectedCounter(String topic) {
        return meters.counter(PulseMeter.RECORDS_REJECTED.id(), "topic", topic);
    }

    /**
     * For a batch with several rejected timestamps the client reports InvalidRecordException. Our records are invalid
     * for no other reason.
     */
    private static boolean isTimestampRejection(Exception failure) {
        return failure instanceof InvalidTimestampException || failure instanceof InvalidRecordException;
    }

    private final class KafkaBatch implements PublishBatch {

        private final AtomicReference<@Nullable Exception> firstFailure = new AtomicReference<>();

        @Override
        public void add(Snapshot snapshot) {
            requireNoFailure();
            send(record(
                    KafkaTopic.SNAPSHOTS,
                    snapshot.node().value(),
                    snapshots.encode(snapshot),
                    snapshot.origin().pollId()));
        }

        void send(ProducerRecord<byte[], byte[]> message) {
            try {
                producer.send(message, (metadata, failure) -> {
                    if (failure != null) {
                        countIfRejected(message.topic(), failure);
                        firstFailure.compareAndSet(null, failure);
                    }
                });
            } catch (KafkaException failure) {
                throw failed(failure);
            }
        }

        @Override
        public void flush() {
            try {
                producer.flush();
            } catch (InterruptException interrupted) {
                throw failed(interrupted);
            }
            requireNoFailure();
        }

        private void requireNoFailure() {
            Exception failure = firstFailure.get();
            if (failure != null) {
                throw failed(failure);
            }
        }

        private static PublishFailedException failed(Exception failure) {
            if (isTimestampRejection(failure)) {
                PublishFailedException refused = PublishFailedException.rejected(
                        "Kafka rejected the timestamp of a record. Check the clock of this host: it is ahead of the"
                                + " broker's clock by more than the topic allows. " + failure.getMessage(),
                        failure);
                LOG.error("{}", refused.getMessage());
                return refused;
            }
            return new PublishFailedException("Kafka did not accept the records: " + failure.getMessage(), failure);
        }
    }
}
