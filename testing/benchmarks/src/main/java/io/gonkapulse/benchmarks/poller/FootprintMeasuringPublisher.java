package io.gonkapulse.benchmarks.poller;

import io.gonkapulse.benchmarks.process.ProcessMemoryReader;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.trackerpoller.publishing.PollPublisher;

/** Measures memory when the last snapshot of a poll is published: then the poll holds the most. */
final class FootprintMeasuringPublisher implements PollPublisher {

    private final PollPublisher delegate;
    private final long last;
    private long liveHeap;
    private long temporaryFiles;

    /**
     * Creates a publisher for one poll.
     *
     * @param delegate receives all snapshots
     * @param last number of the snapshot at which memory is measured
     */
    FootprintMeasuringPublisher(PollPublisher delegate, long last) {
        this.delegate = delegate;
        this.last = last;
    }

    /** Reachable heap, in bytes; 0 if the poll published fewer snapshots. */
    long liveHeap() {
        return liveHeap;
    }

    /** Size of the temporary files, in bytes: large responses are buffered there. */
    long temporaryFiles() {
        return temporaryFiles;
    }

    @Override
    public PublishBatch startBatch() {
        PublishBatch batch = delegate.startBatch();
        return new PublishBatch() {

            private long passed;

            @Override
            public void add(Snapshot snapshot) {
                batch.add(snapshot);
                if (++passed == last) {
                    liveHeap = ProcessMemoryReader.liveHeapBytes();
                    temporaryFiles = ProcessMemoryReader.temporaryFileBytes();
                }
            }

            @Override
            public void flush() {
                batch.flush();
            }
        };
    }

    @Override
    public void publishPoll(Poll poll) {
        delegate.publishPoll(poll);
    }
}
