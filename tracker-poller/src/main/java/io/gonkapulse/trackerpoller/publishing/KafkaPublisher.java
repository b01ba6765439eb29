package io.gonkapulse.trackerpoller.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.json.CommandCodec;
import io.gonkapulse.contracts.json.PollCodec;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.servicekit.tracing.SpanFactory;
import io.gonkapulse.trackerpoller.monitoring.PollContext;
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
 * Publishes through one producer. Its buffer bounds the records in flight: while the broker is unavailable, adding
 * waits a little and then fails. Thread-safe.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the callback of each send receives the result
public final class KafkaPublisher implements PollPublisher, UndeliverableCommandHandler {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaPublisher.class);

    /** Without a broker this poller soon loses its lease, so there are few. */
    private static final int MAX_UNSENT_POLLS = 100;

    private final Producer<byte[], byte[]> producer;
    private final PollTracer pollTracer;
    private final InstantSource clock;
    private final Consumer<String> rejections;
    private final SnapshotCodec snapshots = new SnapshotCodec();
    private final PollCodec polls = new PollCodec();
    private final CommandCodec commands = new CommandCodec();
    private final Deque<Poll> unsentPolls = new ArrayDeque<>();

    public KafkaPublisher(Producer<byte[], byte[]> producer, InstantSource clock) {
        this(producer, SpanFactory.DISABLED, clock, topic -> {});
    }

    /** @param refusals receives the topic of each record whose timestamp the broker rejected */
    public KafkaPublisher(
            Producer<byte[], byte[]> producer, SpanFactory traces, InstantSource clock, Consumer<String> refusals) {
        this.producer = producer;
        this.pollTracer = new PollTracer(traces);
        this.clock = clock;
        this.rejections = refusals;
    }

    @Override
    public void onPollStarted(PollContext poll) {
        pollTracer.start(poll);
    }

    @Override
    public PublishBatch startBatch() {
        return new KafkaBatch();
    }

    /**
     * Does not wait, because the snapshots are stored already. A record that Kafka did not accept is sent again after
     * the next successful poll.
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
            List<Poll> taken = List.copyOf(unsentPolls);
            unsentPolls.clear();
            return taken;
        }
    }

    /** Returns when Kafka has stored the command. */
    public void sendCommand(TrackerCommand command) {
        KafkaBatch batch = new KafkaBatch();
        batch.send(record(KafkaTopic.COMMANDS, command.tracker().value(), commands.encode(command)));
        batch.flush();
    }

    @Override
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
    @Override
    public void deadLetter(CommandPosition position, byte @Nullable [] key, byte @Nullable [] value, String reason) {
        ProducerRecord<byte[], byte[]> deadLetter =
                new ProducerRecord<>(UndeliverableCommandHandler.TOPIC.name(), key, value);
        deadLetter
                .headers()
                .add("reason", reason.getBytes(UTF_8))
                .add("source-topic", position.topic().getBytes(UTF_8))
                .add("source-partition", String.valueOf(position.partition()).getBytes(UTF_8))
                .add("source-offset", String.valueOf(position.offset()).getBytes(UTF_8));
        KafkaBatch batch = new KafkaBatch();
        batch.send(deadLetter);
        batch.flush();
        LOG.warn("Dead-lettered the unreadable command at {}: {}", position, reason);
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
            rejections.accept(topic);
        }
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
