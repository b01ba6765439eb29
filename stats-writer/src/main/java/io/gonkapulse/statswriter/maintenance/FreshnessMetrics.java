package io.gonkapulse.statswriter.maintenance;

import io.gonkapulse.servicekit.observability.PulseMeter;
import io.gonkapulse.statswriter.maintenance.FreshnessRepository.NodeFreshnessRow;
import io.gonkapulse.statswriter.maintenance.FreshnessRepository.TrackerFreshnessRow;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Gauges of the age of the tables. Reads the database, not this process, so that values are right
 * after a restart and equal in all writers. Ages keep growing during a database outage.
 */
public final class FreshnessMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(FreshnessMetrics.class);
    private static final double MILLIS = 1_000.0;

    private final FreshnessRepository repository;
    private final InstantSource clock;
    // Multi-gauges, because trackers are added and removed at runtime.
    private final MultiGauge interval;
    private final MultiGauge pollAge;
    private final MultiGauge successAge;
    private final MultiGauge snapshotAge;
    private final MultiGauge nodes;

    /** @param ttl age at which stats become stale */
    public FreshnessMetrics(JdbcTemplate jdbc, Duration ttl, InstantSource clock, MeterRegistry meters) {
        this.repository = new FreshnessRepository(JdbcClient.create(jdbc), ttl);
        this.clock = clock;
        this.interval = gauge(PulseMeter.TRACKER_INTERVAL, meters);
        this.pollAge = gauge(PulseMeter.TRACKER_POLL_AGE, meters);
        this.successAge = gauge(PulseMeter.TRACKER_SUCCESS_AGE, meters);
        this.snapshotAge = gauge(PulseMeter.TRACKER_SNAPSHOT_AGE, meters);
        this.nodes = MultiGauge.builder(PulseMeter.NODES.id())
                .description(PulseMeter.NODES.description())
                .register(meters);
    }

    private static MultiGauge gauge(PulseMeter meter, MeterRegistry meters) {
        return MultiGauge.builder(meter.id())
                .description(meter.description())
                .baseUnit(meter.unit())
                .register(meters);
    }

    /** Reads the tables once. Removes the gauges of trackers that are no longer stored. */
    public void refresh() {
        try {
            List<TrackerFreshnessRow> trackers = repository.findTrackers();
            interval.register(
                    trackers.stream()
                            .<Row<?>>map(tracker -> Row.of(
                                    tags(tracker.tracker()), tracker.interval().toMillis() / MILLIS))
                            .toList(),
                    true);
            registerAges(pollAge, trackers, TrackerFreshnessRow::tracker, TrackerFreshnessRow::lastPollAt);
            registerAges(successAge, trackers, TrackerFreshnessRow::tracker, TrackerFreshnessRow::lastSuccessAt);
            List<NodeFreshnessRow> snapshots = repository.countNodes();
            registerAges(snapshotAge, snapshots, NodeFreshnessRow::tracker, NodeFreshnessRow::newestFetchedAt);
            nodes.register(
                    snapshots.stream()
                            .<Row<?>>flatMap(FreshnessMetrics::stateRows)
                            .toList(),
                    true);
        } catch (DataAccessException e) {
            LOG.info("The freshness metrics cannot be refreshed: {}", e.getMessage());
        }
    }

    private <T> void registerAges(
            MultiGauge ages, List<T> all, Function<T, String> tracker, Function<T, @Nullable Instant> time) {
        List<Row<?>> rows = new ArrayList<>();
        for (T row : all) {
            Instant at = time.apply(row);
            if (at != null) {
                rows.add(Row.of(tags(tracker.apply(row)), () -> age(at)));
            }
        }
        ages.register(rows, true);
    }

    private double age(Instant time) {
        return Duration.between(time, clock.instant()).toMillis() / MILLIS;
    }

    private static Stream<Row<?>> stateRows(NodeFreshnessRow counts) {
        return Stream.of(
                stateRow(counts, "fresh", counts.fresh()),
                stateRow(counts, "stale", counts.stale()),
                stateRow(counts, "offline", counts.offline()),
                stateRow(counts, "inactive", counts.inactive()));
    }

    private static Row<?> stateRow(NodeFreshnessRow counts, String state, long nodes) {
        return Row.of(tags(counts.tracker()).and("state", state), nodes);
    }

    private static Tags tags(String tracker) {
        return Tags.of("tracker", tracker);
    }
}
