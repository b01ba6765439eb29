package io.gonkapulse.benchmarks.poller;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.Topic;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.trackerpoller.publish.Outlet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The records of a poll, encoded beforehand. Of a large one the first so many are kept, and sent again and again. */
final class EncodedRecords implements Outlet, Outlet.Batch {

    private static final int MOST = 10_000;

    private final SnapshotCodec codec = new SnapshotCodec();
    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    private long all;

    @Override
    public Batch begin() {
        return this;
    }

    @Override
    public void add(Snapshot snapshot) {
        all++;
        if (records.size() < MOST) {
            byte[] key = snapshot.node().value().getBytes(UTF_8);
            records.add(new ProducerRecord<>(Topic.SNAPSHOTS.name(), key, codec.encode(snapshot)));
        }
    }

    @Override
    public void finish() {
        // They are where they should be.
    }

    @Override
    public void tell(Poll poll) {
        // Nothing that is measured.
    }

    /** Sends as many as there were, and returns when they are acknowledged. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears how it ended
    long send(Producer<byte[], byte[]> producer) {
        AtomicReference<@Nullable Exception> lost = new AtomicReference<>();
        for (long i = 0; i < all; i++) {
            producer.send(records.get((int) (i % records.size())), (place, failure) -> {
                if (failure != null) {
                    lost.set(failure);
                }
            });
        }
        producer.flush();
        if (lost.get() != null) {
            throw new IllegalStateException("Expected all records to be taken", lost.get());
        }
        return all;
    }
}
