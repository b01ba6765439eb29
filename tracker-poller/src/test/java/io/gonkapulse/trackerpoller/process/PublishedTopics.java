package io.gonkapulse.trackerpoller.process;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.PollCodec;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestTopicReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads what the pollers published so far. */
final class PublishedTopics implements AutoCloseable {

    private static final PollCodec POLLS = new PollCodec();
    private static final SnapshotCodec SNAPSHOTS = new SnapshotCodec();

    private final TestTopicReader pollReader;
    private final TestTopicReader snapshotReader;
    private final List<Poll> polls = new ArrayList<>();
    private final List<Snapshot> snapshots = new ArrayList<>();

    PublishedTopics(TestBroker broker) {
        this.pollReader = broker.reader(KafkaTopic.POLLS.name());
        this.snapshotReader = broker.reader(KafkaTopic.SNAPSHOTS.name());
    }

    /** Ordered by start time. */
    List<Poll> polls() {
        pollReader.read().forEach(found -> polls.add(POLLS.decode(found.requireValue())));
        polls.sort(Comparator.comparing(Poll::startedAt));
        return List.copyOf(polls);
    }

    List<Poll> pollsSince(Instant moment) {
        return polls().stream()
                .filter(poll -> !poll.startedAt().isBefore(moment))
                .toList();
    }

    List<Snapshot> snapshots() {
        snapshotReader.read().forEach(found -> snapshots.add(SNAPSHOTS.decode(found.requireValue())));
        return List.copyOf(snapshots);
    }

    static Instant end(Poll poll) {
        return poll.startedAt()
                .plus(poll.stages().fetch())
                .plus(poll.stages().parse())
                .plus(poll.stages().publish());
    }

    @Override
    public void close() {
        pollReader.close();
        snapshotReader.close();
    }
}
