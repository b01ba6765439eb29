package io.gonkapulse.statswriter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import io.gonkapulse.networksimulator.model.SimulatedCounters;
import io.gonkapulse.networksimulator.model.SimulatedHealth;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.TestMessages;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses a day of snapshots from two simulated trackers, one of which repeats old responses. */
@RealInfrastructure
class SnapshotOrderTest {

    private static final Instant MORNING = Instant.parse("2026-03-02T00:00:00Z");
    private static final int NODES = 12;
    private static final Duration BETWEEN_POLLS = Duration.ofMinutes(5);

    private final SimulatedNetwork network = SimulatedNetwork.of(
            NetworkPlan.defaults().seed(3).participants(NODES), SteppedClock.at(MORNING.plus(Duration.ofDays(1))));
    private final StatsTablesFixture tables;

    SnapshotOrderTest(TestDatabase database) {
        tables = new StatsTablesFixture(database, SteppedClock.at(MORNING.plus(Duration.ofDays(1))));
    }

    @BeforeAll
    static void createSchema(TestDatabase database) {
        StatsWriterFixture.createSchema(database);
    }

    @BeforeEach
    void clear() {
        tables.clear();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void tablesDoNotDependOnOrder(long seed) {
        List<Snapshot> day = day();
        tables.apply(day);
        List<List<Map<String, Object>>> expected = tables.contents();
        tables.clear();

        List<Snapshot> shuffled = new ArrayList<>(day);
        Random random = new Random(seed);
        day.stream().filter(snapshot -> random.nextInt(4) == 0).forEach(shuffled::add);
        Collections.shuffle(shuffled, random);
        long stored = 0;
        for (int from = 0; from < shuffled.size(); ) {
            int to = Math.min(shuffled.size(), from + 1 + random.nextInt(700));
            stored += tables.apply(shuffled.subList(from, to)).stored();
            from = to;
        }

        assertThat(tables.contents()).isEqualTo(expected);
        assertThat(stored).isBetween((long) NODES, (long) shuffled.size());
        assertThat(healthInTables()).isEqualTo(healthInTruth(day));
        assertThat(newestInTables()).isEqualTo(newestInTruth());
        assertThat(weightsInTables()).isEqualTo(weightsInTruth(day));
    }

    private List<Snapshot> day() {
        List<Snapshot> day = new ArrayList<>();
        for (Instant at = MORNING; at.isBefore(MORNING.plus(Duration.ofDays(1))); at = at.plus(BETWEEN_POLLS)) {
            Instant fetched = at.plusMillis(250);
            boolean servedAgain = at.getEpochSecond() % 7 == 0;
            network.nodes().forEach(node -> {
                day.add(snapshot(node, "first", fetched, fetched.minusSeconds(5)));
                day.add(snapshot(
                        node, "second", fetched.plusSeconds(1), fetched.minusSeconds(servedAgain ? 2_700 : 20)));
            });
        }
        network.nodes()
                .forEach(node -> day.add(TestMessages.settled()
                        .node(node)
                        .at(MORNING.plusSeconds(90_000))
                        .build()));
        return day;
    }

    private LiveSnapshot snapshot(NodeIdentifier node, String tracker, Instant fetchedAt, Instant observedAt) {
        long height = network.calendar().heightAt(observedAt);
        long epoch = network.calendar().currentEpoch(height);
        SimulatedCounters counters = network.truth().liveCounters(node, epoch, height);
        return TestMessages.live()
                .node(node)
                .tracker(tracker)
                .epoch(epoch)
                .height(height)
                .fetchedAt(fetchedAt)
                .observedAt(observedAt)
                .inferences(counters.inferences())
                .missed(counters.missed())
                .weight(weight(observedAt))
                .status(status(node, observedAt))
                .build();
    }

    private NodeStatus status(NodeIdentifier node, Instant at) {
        return NodeStatus.valueOf(network.truth().health(node, at).name());
    }

    /** Health bits by node and minute; an unhealthy or jailed snapshot counts next to a healthy one. */
    private Map<String, Integer> healthInTruth(List<Snapshot> day) {
        Map<String, Integer> minutes = new TreeMap<>();
        for (Snapshot snapshot : day) {
            if (snapshot instanceof LiveSnapshot live) {
                Instant at = live.origin().observedAt();
                SimulatedHealth health = network.truth().health(live.node(), at);
                if (health != SimulatedHealth.UNKNOWN) {
                    int bits = 1
                            + (health == SimulatedHealth.UNHEALTHY ? 2 : 0)
                            + (health == SimulatedHealth.JAILED ? 4 : 0);
                    minutes.merge(live.node() + " " + at.getEpochSecond() / 60, bits, (one, two) -> one | two);
                }
            }
        }
        return minutes;
    }

    private Map<String, Integer> healthInTables() {
        Map<String, Integer> minutes = new TreeMap<>();
        tables.jdbc.query("""
                select identifier, extract(epoch from hour)::bigint / 60 + minute,
                       1 + 2 * (unhealthy >> minute & 1) + 4 * (jailed >> minute & 1)
                  from node_health_hourly
                  join nodes on id = node_id
                 cross join generate_series(0, 59) as minute
                 where (seen >> minute & 1) = 1
                """, row -> {
            minutes.put(row.getString(1) + " " + row.getLong(2), row.getInt(3));
        });
        return minutes;
    }

    /** Changes within an epoch; unknown at times. */
    private static @Nullable Long weight(Instant at) {
        long minute = at.getEpochSecond() / 60;
        return minute % 11 == 0 ? null : minute * 7_919 % 1_000;
    }

    private static Map<String, Long> weightsInTruth(List<Snapshot> day) {
        Map<String, Long> weights = new TreeMap<>();
        for (Snapshot snapshot : day) {
            if (snapshot instanceof LiveSnapshot live && live.facts().weight() != null) {
                LocalDate date = LocalDate.ofInstant(live.origin().observedAt(), ZoneOffset.UTC);
                weights.merge(
                        live.node() + " " + date + " " + live.epoch(),
                        live.facts().weight(),
                        Math::max);
            }
        }
        return weights;
    }

    private Map<String, Long> weightsInTables() {
        Map<String, Long> weights = new TreeMap<>();
        tables.jdbc.query(
                "select identifier, day::text, epoch, weight from node_daily join nodes on id = node_id", row -> {
                    weights.put(row.getString(1) + " " + row.getString(2) + " " + row.getLong(3), row.getLong(4));
                });
        return weights;
    }

    private Map<String, String> newestInTruth() {
        Instant last = MORNING.plus(Duration.ofDays(1)).minus(BETWEEN_POLLS).plusMillis(250);
        Map<String, String> newest = new HashMap<>();
        network.nodes()
                .forEach(node -> newest.put(
                        node.value(), status(node, last.minusSeconds(20)).name() + " second"));
        return newest;
    }

    private Map<String, String> newestInTables() {
        Map<String, String> newest = new HashMap<>();
        tables.jdbc.query("""
                select identifier, upper(status) || ' ' || source
                  from nodes
                  join node_stats_cache on node_id = id
                """, row -> {
            newest.put(row.getString(1), row.getString(2));
        });
        return newest;
    }
}
