package io.gonkapulse.statswriter.poll;

import io.gonkapulse.contracts.json.PollCodec;
import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.workercore.consumer.BatchHandler;
import io.gonkapulse.workercore.consumer.ConsumerBatch;
import io.gonkapulse.workercore.consumer.DeadLetterBuffer;
import java.util.Map;
import java.util.function.Supplier;

/** Turns polls into the state of trackers. */
public final class PollBatchHandler implements BatchHandler<PollMerger> {

    private final PollCodec codec = new PollCodec();
    private final PollWriter writer;
    private final Supplier<Map<Integer, Long>> endOffsets;

    /**
     * Creates the handler.
     *
     * @param endOffsets reads the end offsets of the snapshot topic by partition; a consumer that has
     *     applied up to them has applied every snapshot sent so far
     */
    public PollBatchHandler(PollWriter writer, Supplier<Map<Integer, Long>> endOffsets) {
        this.writer = writer;
        this.endOffsets = endOffsets;
    }

    @Override
    public PollMerger reduce(ConsumerBatch batch, DeadLetterBuffer invalidRecords) {
        PollMerger merger = new PollMerger();
        for (int i = 0; i < batch.size(); i++) {
            byte[] json = batch.value(i);
            if (json == null) {
                invalidRecords.add(i, "TOMBSTONE", "Expected a poll, got a record without a value");
            } else {
                decode(batch, i, json, invalidRecords, merger);
            }
        }
        if (!merger.newestSuccesses().isEmpty()) {
            // The order matters. A poll is published after its snapshots, so end offsets that are
            // read after the polls cover those snapshots.
            merger.setEndOffsets(endOffsets.get());
        }
        return merger;
    }

    private void decode(
            ConsumerBatch batch, int index, byte[] json, DeadLetterBuffer invalidRecords, PollMerger merger) {
        try {
            merger.add(codec.decode(json, batch.timestamp(index)));
        } catch (UndecodableMessageException e) {
            invalidRecords.add(index, e);
        }
    }

    @Override
    public long write(PollMerger merger) {
        return writer.write(merger);
    }
}
