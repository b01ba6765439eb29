package io.gonkapulse.trackerpoller.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.TrackerName;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class AssignedPartitionTest {

    private static final TrackerName DEMO = new TrackerName("demo");
    private static final TrackerName OTHER = new TrackerName("other");

    @Test
    void commitsUpToOldestUnfinishedCommand() {
        AssignedPartition assignment = new AssignedPartition(List.of(DEMO), 10, "");
        assertThat(assignment.committableOffset()).isEqualTo(10);

        Runnable first = assignment.trackOffset(10);
        Runnable second = assignment.trackOffset(11);
        assertThat(assignment.committableOffset()).isEqualTo(10);
        second.run();
        assertThat(assignment.committableOffset()).isEqualTo(10);
        first.run();
        assertThat(assignment.committableOffset()).isEqualTo(12);
        first.run();
        assertThat(assignment.committableOffset()).isEqualTo(12);
    }

    @Test
    void offsetIsSafeUnderConcurrentCompletion() {
        AssignedPartition assignment = new AssignedPartition(List.of(DEMO), 0, "");
        ExecutorService worker = Executors.newSingleThreadExecutor();
        try {
            for (long offset = 0; offset < 20_000; offset++) {
                worker.execute(assignment.trackOffset(offset));
                while (assignment.committableOffset() == offset) {
                    Thread.onSpinWait();
                }
                assertThat(assignment.committableOffset()).isEqualTo(offset + 1);
            }
        } finally {
            worker.shutdownNow();
        }
    }

    @Test
    void storesBackfilledTrackersInCommitMetadata() {
        AssignedPartition fresh = new AssignedPartition(List.of(DEMO, OTHER), 0, "");
        assertThat(fresh.initialBackfillOf(DEMO).isPending()).isTrue();
        assertThat(fresh.commitMetadata()).isEmpty();

        fresh.initialBackfillOf(DEMO).markDone();
        AssignedPartition later = new AssignedPartition(List.of(DEMO, OTHER), 0, fresh.commitMetadata());
        assertThat(later.initialBackfillOf(DEMO).isPending()).isFalse();
        assertThat(later.initialBackfillOf(OTHER).isPending()).isTrue();

        later.initialBackfillOf(OTHER).markDone();
        assertThat(later.commitMetadata()).isEqualTo("met=demo,other");
    }

    @Test
    void ignoresForeignCommitMetadata() {
        AssignedPartition assignment = new AssignedPartition(List.of(DEMO), 0, "written by something else");
        assertThat(assignment.initialBackfillOf(DEMO).isPending()).isTrue();
    }
}
