package io.gonkapulse.jobrecorder.ownwork;

import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.json.PollCodec;
import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.jobrecorder.publishing.JobEventPublisher;
import io.gonkapulse.workercore.consumer.BatchHandler;
import io.gonkapulse.workercore.consumer.ConsumerBatch;
import io.gonkapulse.workercore.consumer.DeadLetterBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Publishes polls as events of jobs. A batch that is repeated after a crash publishes the same events again, which
 * changes nothing.
 */
public final class PollJobHandler implements BatchHandler<List<List<JobEvent>>> {

    private final PollCodec codec = new PollCodec();
    private final PollJobFactory factory = new PollJobFactory();
    private final JobEventPublisher publisher;

    public PollJobHandler(JobEventPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public List<List<JobEvent>> reduce(ConsumerBatch batch, DeadLetterBuffer invalidRecords) {
        List<List<JobEvent>> polls = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            byte[] json = batch.value(i);
            if (json == null) {
                invalidRecords.add(i, "TOMBSTONE", "Expected a poll, got a record without a value");
            } else {
                try {
                    polls.add(factory.events(codec.decode(json, batch.timestamp(i))));
                } catch (UndecodableMessageException e) {
                    invalidRecords.add(i, e);
                }
            }
        }
        return polls;
    }

    /** Returns when the broker has all events; only then the offset advances. */
    @Override
    public long write(List<List<JobEvent>> polls) {
        publisher.publish(polls.stream().flatMap(List::stream).toList());
        return polls.size();
    }
}
