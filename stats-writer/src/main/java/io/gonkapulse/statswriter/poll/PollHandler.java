package io.gonkapulse.statswriter.poll;

import io.gonkapulse.contracts.json.PollCodec;
import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.workercore.intake.Batch;
import io.gonkapulse.workercore.intake.BatchHandler;
import io.gonkapulse.workercore.intake.Rejections;

/** Polls to the state of trackers. */
public final class PollHandler implements BatchHandler<PollMerge> {

    private final PollCodec codec = new PollCodec();
    private final PollWriter writer;
    private final SnapshotEnds snapshotEnds;

    public PollHandler(PollWriter writer, SnapshotEnds snapshotEnds) {
        this.writer = writer;
        this.snapshotEnds = snapshotEnds;
    }

    @Override
    public PollMerge reduce(Batch batch, Rejections rejections) {
        PollMerge merge = new PollMerge();
        for (int i = 0; i < batch.size(); i++) {
            byte[] json = batch.value(i);
            if (json == null) {
                rejections.add(i, "TOMBSTONE", "Expected a poll, got a record without a value");
            } else {
                decode(batch, i, json, rejections, merge);
            }
        }
        if (!merge.newestSuccess().isEmpty()) {
            // Asked after the polls were read: a poll is sent after its snapshots, so these lie before the ends.
            merge.coveredUpTo(snapshotEnds.now());
        }
        return merge;
    }

    private void decode(Batch batch, int index, byte[] json, Rejections rejections, PollMerge merge) {
        try {
            merge.add(codec.decode(json, batch.timestamp(index)));
        } catch (UndecodableMessageException e) {
            rejections.add(index, e);
        }
    }

    @Override
    public long write(PollMerge merge) {
        return writer.write(merge);
    }
}
