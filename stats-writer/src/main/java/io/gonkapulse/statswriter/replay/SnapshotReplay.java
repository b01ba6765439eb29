package io.gonkapulse.statswriter.replay;

import io.gonkapulse.contracts.Topic;
import io.gonkapulse.workercore.intake.Application;
import io.gonkapulse.workercore.replay.TopicReplay;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads snapshots into the tables again, beside the live consumers and without touching their positions. What is there
 * already stays; what is missing comes back. Records that cannot be used were set aside by the live consumers.
 */
public final class SnapshotReplay {

    private final TopicReplay topic;
    private final Application<?> snapshots;

    public SnapshotReplay(TopicReplay topic, Application<?> snapshots) {
        this.topic = topic;
        this.snapshots = snapshots;
    }

    /**
     * What came of it.
     *
     * @param stored newer than what was there
     * @param unusable passed over
     */
    public record Report(long read, long stored, long unusable) {}

    public Report run(Optional<Instant> from, Consumer<TopicReplay.Progress> screen) {
        long[] counts = new long[2];
        TopicReplay.Progress end = topic.read(
                Topic.SNAPSHOTS.name(),
                from,
                batch -> {
                    Application.Outcome outcome = snapshots.apply(batch);
                    counts[0] += outcome.stored();
                    counts[1] += outcome.unusable();
                },
                screen);
        return new Report(end.read(), counts[0], counts[1]);
    }
}
