package io.gonkapulse.statswriter;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.json.PollCodec;
import io.gonkapulse.statswriter.poll.PollBatchHandler;
import io.gonkapulse.statswriter.poll.PollWriter;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.TestMessages;
import io.gonkapulse.workercore.replay.ReplayBatchProcessor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Truth table of offline and stale in the view: node in the response or not, its status, tracker up
 * or down, partition applied or lagging.
 */
@RealInfrastructure
class NodeOfflineTest {

    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final NodeIdentifier NODE = TestMessages.node(1);

    private final StatsTablesFixture tables;
    private final Instant now = InstantSource.system().instant();

    NodeOfflineTest(TestDatabase database) {
        tables = new StatsTablesFixture(database, InstantSource.system());
    }

    @BeforeAll
    static void createSchema(TestDatabase database) {
        StatsWriterFixture.createSchema(database);
    }

    @BeforeEach
    void clear() {
        tables.clear();
    }

    /** A tracker reports one status: jailed takes precedence, then unhealthy or healthy, then unknown. */
    @TestFactory
    List<DynamicTest> coversFullTruthTable() {
        List<DynamicTest> cases = new ArrayList<>();
        for (boolean inTheSet : List.of(true, false)) {
            for (NodeStatus status : NodeStatus.values()) {
                for (boolean trackerUp : List.of(true, false)) {
                    for (boolean lagging : List.of(true, false)) {
                        OfflineCase one = new OfflineCase(inTheSet, status, trackerUp, lagging);
                        cases.add(DynamicTest.dynamicTest(one.toString(), () -> check(one)));
                    }
                }
            }
        }
        return cases;
    }

    private record OfflineCase(boolean inTheSet, NodeStatus status, boolean trackerUp, boolean lagging) {

        boolean offline() {
            return !inTheSet && trackerUp && !lagging;
        }

        /** The snapshots of a lagging partition are not applied yet. */
        boolean stale() {
            return !inTheSet || !trackerUp || lagging;
        }
    }

    private void check(OfflineCase one) {
        tables.clear();
        // The view uses the database's clock, and earlier cases took some time.
        Instant last = InstantSource.system().instant();
        Instant seen = last.minusSeconds(600);
        tables.apply(List.of(
                TestMessages.live().node(NODE).at(seen).status(one.status).build()));
        long applied = 1;
        position(applied);
        poll(seen, applied);
        long end = applied;
        for (Instant at = seen.plus(INTERVAL); !at.isAfter(last); at = at.plus(INTERVAL)) {
            if (one.trackerUp) {
                end += 10;
                if (one.inTheSet && !one.lagging) {
                    tables.apply(List.of(TestMessages.live()
                            .node(NODE)
                            .at(at)
                            .status(one.status)
                            .build()));
                }
                if (!one.lagging) {
                    position(end);
                }
                poll(at, end);
            } else {
                failedPoll(at);
            }
        }

        String reported = one.status.name().toLowerCase(Locale.ROOT);
        assertThat(row())
                .containsEntry("reported_status", reported)
                .containsEntry("offline", one.offline())
                .containsEntry("status", one.offline() ? "offline" : reported)
                .containsEntry("stale", one.stale());
    }

    @Test
    void becomesOfflineAfterThreeIntervals() {
        Instant seen = now.minusSeconds(181);
        tables.apply(List.of(TestMessages.live().node(NODE).at(seen).build()));
        position(1);
        poll(seen.plusSeconds(180), 1);
        assertThat(row()).containsEntry("offline", false);

        poll(seen.plusSeconds(181), 1);
        assertThat(row()).containsEntry("offline", true);
    }

    @Test
    void staleResponsesMarkNobodyOffline() {
        Instant seen = now.minusSeconds(600);
        tables.apply(List.of(TestMessages.live().node(NODE).at(seen).build()));
        position(1);
        send(
                TestMessages.poll()
                        .startedAt(now)
                        .interval(INTERVAL)
                        .outcome(Poll.Outcome.STALE)
                        .build(),
                1);

        assertThat(row()).containsEntry("offline", false).containsEntry("stale", true);
    }

    @Test
    void laggingPartitionStillMarksOffline() {
        Instant seen = now.minusSeconds(1_200);
        tables.apply(List.of(TestMessages.live().node(NODE).at(seen).build()));
        long end = 1;
        for (int polled = 0; polled < 20; polled++) {
            position(end);
            end += 10;
            poll(seen.plus(INTERVAL.multipliedBy(polled)), end);
        }

        assertThat(row()).containsEntry("offline", true);
    }

    @Test
    void otherTrackersDoNotMarkOffline() {
        Instant seen = now.minusSeconds(600);
        tables.apply(
                List.of(TestMessages.live().node(NODE).at(seen).tracker("mine").build()));
        position(1);
        send(
                TestMessages.poll()
                        .tracker("other")
                        .startedAt(now)
                        .interval(INTERVAL)
                        .build(),
                1);

        assertThat(row()).containsEntry("offline", false).containsEntry("source", "mine");
    }

    @Test
    void settledOnlyNodeHasNoStatus() {
        tables.apply(List.of(TestMessages.settled().node(NODE).build()));

        assertThat(row())
                .containsEntry("status", null)
                .containsEntry("offline", null)
                .containsEntry("stale", null);
    }

    /** Reads as owner, because the service's login may not read the view. */
    private Map<String, Object> row() {
        return tables.owner.queryForMap("select * from current_node_stats where identifier = ?", NODE.value());
    }

    private void position(long next) {
        tables.jdbc.update("""
                insert into consumer_offsets (consumer_group, topic, partition, next_offset)
                values ('stats-writer', 'tracker.snapshots', 0, ?)
                    on conflict (consumer_group, topic, partition) do update
                   set next_offset = excluded.next_offset
                """, next);
    }

    private void poll(Instant startedAt, long end) {
        send(TestMessages.poll().startedAt(startedAt).interval(INTERVAL).build(), end);
    }

    private void failedPoll(Instant startedAt) {
        send(
                TestMessages.poll()
                        .startedAt(startedAt)
                        .interval(INTERVAL)
                        .failed("refused")
                        .build(),
                0);
    }

    private void send(Poll poll, long end) {
        PollBatchHandler handler = new PollBatchHandler(new PollWriter(tables.jdbc), () -> Map.of(0, end));
        var source = requireNonNull(tables.jdbc.getDataSource());
        var transactions = new TransactionTemplate(new DataSourceTransactionManager(source));
        new ReplayBatchProcessor<>(handler, transactions, StatsTablesFixture.CONSUMER_PROPERTIES)
                .apply(StatsTablesFixture.batch(KafkaTopic.POLLS, List.of(new PollCodec().encode(poll))));
    }
}
