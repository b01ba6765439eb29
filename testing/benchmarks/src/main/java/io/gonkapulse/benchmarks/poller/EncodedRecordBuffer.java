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

/** The records of a poll, encoded beforehand. Of a large one the first so many are kept, and sent again and again. */
final class EncodedRecordBuffer implements PollPublisher, PollPublisher.PublishBatch {

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
        // They are where they should be.
    }

    @Override
    public void publishPoll(Poll poll) {
        // Nothing that is measured.
    }

    /** Sends as many as there were, and returns when they are acknowledged. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears how it ended
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
            throw new IllegalStateException("Expected all records to be taken", sendFailure.get());
        }
        return total;
    }
}
