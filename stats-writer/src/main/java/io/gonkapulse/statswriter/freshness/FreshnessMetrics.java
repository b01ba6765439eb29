package io.gonkapulse.statswriter.freshness;

import io.gonkapulse.servicekit.meters.Meter;
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
 * Shows how old the tables are. It asks the database, not this process, so that the figures are right after a restart and
 * the same in each of several writers. Ages go on growing while the database does not answer: nothing newer is known.
 */
public final class FreshnessMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(FreshnessMetrics.class);
    private static final double MILLIS = 1_000.0;

    private final FreshnessRepository repository;
    private final InstantSource clock;
    private final MultiGauge interval;
    private final MultiGauge pollAge;
    private final MultiGauge successAge;
    private final MultiGauge snapshotAge;
    private final MultiGauge nodes;

    /** @param ttl what is older is stale */
    public FreshnessMetrics(JdbcTemplate jdbc, Duration ttl, InstantSource clock, MeterRegistry meters) {
        this.repository = new FreshnessRepository(JdbcClient.create(jdbc), ttl);
        this.clock = clock;
        this.interval = gauge(Meter.TRACKER_INTERVAL, meters);
        this.pollAge = gauge(Meter.TRACKER_POLL_AGE, meters);
        this.successAge = gauge(Meter.TRACKER_SUCCESS_AGE, meters);
        this.snapshotAge = gauge(Meter.TRACKER_SNAPSHOT_AGE, meters);
        this.nodes = MultiGauge.builder(Meter.NODES.id()).register(meters);
    }

    private static MultiGauge gauge(Meter meter, MeterRegistry meters) {
        return MultiGauge.builder(meter.id()).baseUnit(meter.unit()).register(meters);
    }

    /** Asks once; a tracker that is gone from the tables is no longer shown. */
    public void look() {
        try {
            List<TrackerTimes> trackers = repository.trackers();
            interval.register(
                    trackers.stream()
                            .<Row<?>>map(one ->
                                    Row.of(tag(one.tracker()), one.interval().toMillis() / MILLIS))
                            .toList(),
                    true);
            show(pollAge, trackers, TrackerTimes::tracker, TrackerTimes::lastPoll);
            show(successAge, trackers, TrackerTimes::tracker, TrackerTimes::lastSuccess);
            List<NodeTimes> snapshots = repository.nodes();
            show(snapshotAge, snapshots, NodeTimes::tracker, NodeTimes::newest);
            nodes.register(
                    snapshots.stream().<Row<?>>flatMap(FreshnessMetrics::states).toList(), true);
        } catch (DataAccessException e) {
            LOG.info("How old the tables are is not known anew: {}", e.getMessage());
        }
    }

    private <T> void show(
            MultiGauge ages, List<T> all, Function<T, String> tracker, Function<T, @Nullable Instant> time) {
        List<Row<?>> rows = new ArrayList<>();
        for (T one : all) {
            Instant at = time.apply(one);
            if (at != null) {
                rows.add(Row.of(tag(tracker.apply(one)), () -> age(at)));
            }
        }
        ages.register(rows, true);
    }

    private double age(Instant time) {
        return Duration.between(time, clock.instant()).toMillis() / MILLIS;
    }

    private static Stream<Row<?>> states(NodeTimes counts) {
        return Stream.of(
                state(counts, "fresh", counts.fresh()),
                state(counts, "stale", counts.stale()),
                state(counts, "offline", counts.offline()));
    }

    private static Row<?> state(NodeTimes counts, String state, long nodes) {
        return Row.of(tag(counts.tracker()).and("state", state), nodes);
    }

    private static Tags tag(String tracker) {
        return Tags.of("tracker", tracker);
    }
}
