package io.gonkapulse.earningsaggregator.rebuild;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.earningsaggregator.fixtures.EarningsDatabase;
import io.gonkapulse.earningsaggregator.rebuild.RebuildRunner.RebuildRequest;
import io.gonkapulse.testkit.junit.TestBroker;
import java.time.InstantSource;
import java.util.Map;

/** Creates rebuilds for tests. */
final class RebuildFixture {

    static final String GROUP = "earnings-aggregator";
    static final String TOPIC = KafkaTopic.SNAPSHOTS.name();

    /** Every day that the topic covers; the result is put in place. */
    static final RebuildRequest EVERY_DAY = new RebuildRequest(null, false);

    private static final int THREADS = 2;
    private static final int MAX_UNCOMPRESSED = 32 << 20;

    /** Few, so that every rebuild spills rows. */
    private static final int MAX_ROWS = 60;

    private RebuildFixture() {}

    static SnapshotTopicReader topicReader(TestBroker broker) {
        return new SnapshotTopicReader(
                Map.of("bootstrap.servers", broker.bootstrapServers()), TOPIC, THREADS, MAX_UNCOMPRESSED);
    }

    static RebuildRunner runner(EarningsDatabase database, SnapshotTopicReader topic, InstantSource clock) {
        return new RebuildRunner(database.source(), topic, GROUP, TOPIC, clock, MAX_ROWS);
    }
}
