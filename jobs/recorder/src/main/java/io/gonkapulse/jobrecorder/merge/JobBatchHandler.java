package io.gonkapulse.jobrecorder.merge;

import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.workercore.consumer.BatchHandler;
import io.gonkapulse.workercore.consumer.ConsumerBatch;
import io.gonkapulse.workercore.consumer.DeadLetterBuffer;
import java.time.Duration;

/** Turns the events of jobs into their rows. */
public final class JobBatchHandler implements BatchHandler<JobBatch> {

    private final JobEventCodec codec = new JobEventCodec();
    private final JobBatchWriter writer;
    private final Duration defaultLease;

    /**
     * Creates the handler.
     *
     * @param defaultLease of an event without one
     */
    public JobBatchHandler(JobBatchWriter writer, Duration defaultLease) {
        this.writer = writer;
        this.defaultLease = defaultLease;
    }

    @Override
    public JobBatch reduce(ConsumerBatch records, DeadLetterBuffer invalidRecords) {
        JobBatch batch = new JobBatch(defaultLease);
        for (int i = 0; i < records.size(); i++) {
            byte[] json = records.value(i);
            if (json == null) {
                invalidRecords.add(i, "TOMBSTONE", "Expected an event, got a record without a value");
            } else {
                add(records, i, json, invalidRecords, batch);
            }
        }
        return batch;
    }

    private void add(ConsumerBatch records, int index, byte[] json, DeadLetterBuffer invalidRecords, JobBatch batch) {
        try {
            long timestamp = records.timestamp(index);
            batch.add(RecordedEvent.of(codec.decode(json, timestamp), json, timestamp, records.partition(index)));
        } catch (UndecodableMessageException e) {
            invalidRecords.add(index, e);
        }
    }

    @Override
    public long write(JobBatch batch) {
        return writer.write(batch);
    }
}
