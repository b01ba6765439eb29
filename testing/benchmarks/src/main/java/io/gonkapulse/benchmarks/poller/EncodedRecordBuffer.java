package io.gonkapulse.benchmarks.poller;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.trackerpoller.publishing.PollPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the records of a poll beforehand, so that publishing can be measured alone. Keeps at most 10,000 records
 * and sends them repeatedly.
 */
final class EncodedRecordBuffer implements PollPublisher, PollPublisher.PublishBatch {

    /** Bounds the heap; Kafka batches the same records equally well. */
    private static final int MAX_RECORDS = 10_000;

    private final SnapshotCodec codec = new SnapshotCodec();
    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    private long total;

    @Override
    public PublishBatch startBatch() {
        return this;
    }

    @Override
    public void add(Snapshot snapshot) {
        total++;
        if (records.size() < MAX_RECORDS) {
            byte[] key = snapshot.node().value().getBytes(UTF_8);
            records.add(new ProducerRecord<>(KafkaTopic.SNAPSHOTS.name(), key, codec.encode(snapshot)));
        }
    }

    @Override
    public void flush() {
        // The records stay in the buffer.
    }

    @Override
    public void publishPoll(Poll poll) {
        // Polls are not measured.
    }

    /** Sends as many records as the poll had and returns when they are acknowledged. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback handles failures
    long send(Producer<byte[], byte[]> producer) {
        AtomicReference<@Nullable Exception> sendFailure = new AtomicReference<>();
        for (long i = 0; i < total; i++) {
            producer.send(records.get((int) (i % records.size())), (place, failure) -> {
                if (failure != null) {
                    sendFailure.set(failure);
                }
            });
        }
        producer.flush();
        if (sendFailure.get() != null) {
            throw new IllegalStateException("Kafka did not acknowledge all records", sendFailure.get());
        }
        return total;
    }
}
