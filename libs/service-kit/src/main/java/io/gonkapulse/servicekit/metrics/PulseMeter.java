package io.gonkapulse.servicekit.metrics;

import static io.gonkapulse.servicekit.metrics.MeterType.COUNTER;
import static io.gonkapulse.servicekit.metrics.MeterType.GAUGE;
import static io.gonkapulse.servicekit.metrics.MeterType.HISTOGRAM;
import static io.gonkapulse.servicekit.metrics.MeterType.TIMER;

import java.util.List;
import java.util.stream.Stream;

/**
 * The catalogue of meters: all of ours, and of those that libraries bring the ones that our alerts and dashboards use.
 * Ours are registered by these names and nowhere else by others.
 */
@SuppressWarnings("ImmutableEnumChecker") // its lists cannot be changed
public enum PulseMeter {
    RECORDS_RECEIVED(
            "gonkapulse.records.received",
            COUNTER,
            "records",
            "the sum of the next three",
            List.of("topic"),
            MeterOwners.WORKERS),
    RECORDS_STORED(
            "gonkapulse.records.stored",
            COUNTER,
            "records",
            "are in the tables now",
            List.of("topic"),
            MeterOwners.WORKERS),
    RECORDS_SUPERSEDED(
            "gonkapulse.records.superseded",
            COUNTER,
            "records",
            "older than what is there, or the same",
            List.of("topic"),
            MeterOwners.WORKERS),
    RECORDS_DEAD_LETTERED(
            "gonkapulse.records.dead.lettered",
            COUNTER,
            "records",
            "could not be used, and were set aside with the reason; of the poller, orders",
            List.of("topic"),
            MeterOwners.CONSUMERS),
    BATCHES(
            "gonkapulse.consumer.batches",
            TIMER,
            "batches",
            "batches applied, with their time",
            List.of("topic"),
            MeterOwners.WORKERS),
    BATCHES_RETRIED(
            "gonkapulse.consumer.batches.retried",
            COUNTER,
            "tries",
            "tries that the database or the broker stopped; the batch comes again",
            List.of("topic"),
            MeterOwners.WORKERS),
    CONSUMER_RUNNING(
            "gonkapulse.consumer.running",
            GAUGE,
            "0 or 1",
            "1 while the consumer is in its group; 0 before, or when it stopped by itself",
            List.of("topic"),
            MeterOwners.WORKERS),
    CONSUMER_APPLIED_AGE(
            "gonkapulse.consumer.applied.age",
            GAUGE,
            "seconds",
            "age of the last record of the batch applied last; grows while nothing is sent; NaN before the first batch",
            List.of("topic"),
            MeterOwners.WORKERS),
    TOPIC_RECORD_LOSS(
            "gonkapulse.topic.loses.records",
            GAUGE,
            "0 or 1",
            "1 where a topic that is to be kept for ever has a retention, or is compacted; NaN while the broker does not say",
            List.of("topic"),
            MeterOwners.WORKERS),
    SCHEMA_BEHIND(
            "gonkapulse.schema.behind",
            GAUGE,
            "0 or 1",
            "1 where the schema lacks what the program needs; NaN while nobody can tell",
            List.of(),
            MeterOwners.DATABASE_USERS),

    TRACKER_INTERVAL(
            "gonkapulse.tracker.interval",
            GAUGE,
            "seconds",
            "between two polls, as the newest poll says",
            List.of("tracker"),
            MeterOwners.WRITER),
    TRACKER_POLL_AGE(
            "gonkapulse.tracker.poll.age",
            GAUGE,
            "seconds",
            "since the newest poll that is told of began, however it went",
            List.of("tracker"),
            MeterOwners.WRITER),
    TRACKER_SUCCESS_AGE(
            "gonkapulse.tracker.success.age",
            GAUGE,
            "seconds",
            "since the newest successful poll began",
            List.of("tracker"),
            MeterOwners.WRITER),
    TRACKER_SNAPSHOT_AGE(
            "gonkapulse.tracker.snapshot.age",
            GAUGE,
            "seconds",
            "age of the newest snapshot that is in the tables: the whole chain from tracker to database as one number",
            List.of("tracker"),
            MeterOwners.WRITER),
    NODES(
            "gonkapulse.nodes",
            GAUGE,
            "nodes",
            "nodes by the tracker of their newest snapshot; state: fresh, stale, or offline",
            List.of("tracker", "state"),
            MeterOwners.WRITER),

    EARNINGS_DIFFERENCES(
            "gonkapulse.earnings.differences",
            GAUGE,
            "differences",
            "what the newest verification found wrong: anything but 0 is an alarm; NaN before the first one",
            List.of(),
            MeterOwners.AGGREGATOR),
    SETTLEMENTS_MISSING(
            "gonkapulse.settlements.missing",
            GAUGE,
            "nodes",
            "nodes without a settlement in one of the last five epochs that are over, each epoch counted",
            List.of(),
            MeterOwners.AGGREGATOR),

    POLLS(
            "gonkapulse.poller.polls",
            COUNTER,
            "polls",
            "polls",
            List.of("tracker", "purpose", "outcome"),
            MeterOwners.POLLER),
    SNAPSHOTS_PUBLISHED(
            "gonkapulse.poller.snapshots.published",
            COUNTER,
            "snapshots",
            "snapshots that are safe in Kafka",
            List.of("tracker", "purpose"),
            MeterOwners.POLLER),
    PARTICIPANTS_SKIPPED(
            "gonkapulse.poller.participants.skipped",
            COUNTER,
            "participants",
            "participants that were not published; with the published ones they are all that were named",
            List.of("tracker", "purpose", "reason"),
            MeterOwners.POLLER),
    POLL_STAGE(
            "gonkapulse.poller.stage",
            TIMER,
            "polls",
            "time of fetching, parsing, publishing",
            List.of("tracker", "purpose", "stage"),
            MeterOwners.POLLER),
    TRACKER_REQUESTS(
            "gonkapulse.poller.requests",
            TIMER,
            "requests",
            "single requests, and their time",
            List.of("tracker", "url", "outcome"),
            MeterOwners.POLLER),
    RECORDS_REJECTED(
            "gonkapulse.poller.records.rejected",
            COUNTER,
            "records",
            "records that Kafka refused for their time: the clock of the poller's host is ahead of the broker's",
            List.of("topic"),
            MeterOwners.POLLER),
    POLLS_SKIPPED(
            "gonkapulse.poller.polls.skipped",
            COUNTER,
            "beats",
            "beats that passed while the poll before ran, or without a lease",
            List.of("tracker"),
            MeterOwners.POLLER),
    CIRCUITS_OPEN(
            "gonkapulse.poller.circuits.open",
            GAUGE,
            "addresses",
            "addresses of the tracker that are not asked for the moment, because most calls there failed",
            List.of("tracker"),
            MeterOwners.POLLER),
    TRACKERS_ASSIGNED(
            "gonkapulse.poller.trackers.assigned", GAUGE, "trackers", "polled here now", List.of(), MeterOwners.POLLER),
    BACKFILL_REMAINING(
            "gonkapulse.poller.backfill.remaining",
            GAUGE,
            "epochs",
            "still to be fetched on order",
            List.of(),
            MeterOwners.POLLER),

    RESPONSES(
            "gonkapulse.gateway.responses",
            COUNTER,
            "answers",
            "answers about nodes and earnings, from: database or memory",
            List.of("from"),
            MeterOwners.GATEWAY),
    REQUESTS_REJECTED(
            "gonkapulse.gateway.requests.rejected",
            COUNTER,
            "requests",
            "turned away because too many were in flight, or because a client did not read its responses",
            List.of(),
            MeterOwners.GATEWAY),
    CONNECTIONS_REFUSED(
            "gonkapulse.gateway.connections.refused",
            COUNTER,
            "connections",
            "closed at once because their address had too many",
            List.of(),
            MeterOwners.GATEWAY),
    REQUESTS_IN_FLIGHT(
            "gonkapulse.gateway.requests.in.flight",
            GAUGE,
            "requests",
            "are worked on now",
            List.of(),
            MeterOwners.GATEWAY),

    HTTP_REQUESTS(
            "http.server.requests",
            HISTOGRAM,
            "requests",
            "every request by route and status, with its time",
            List.of("error", "exception", "method", "outcome", "status", "uri"),
            MeterOwners.GATEWAY),
    POOL_ACTIVE(
            "hikaricp.connections.active", GAUGE, "sessions", "at work", List.of("pool"), MeterOwners.DATABASE_USERS),
    POOL_MAX(
            "hikaricp.connections.max",
            GAUGE,
            "sessions",
            "as many as there may be",
            List.of("pool"),
            MeterOwners.DATABASE_USERS),
    POOL_PENDING(
            "hikaricp.connections.pending",
            GAUGE,
            "threads",
            "threads that wait for a session",
            List.of("pool"),
            MeterOwners.DATABASE_USERS),
    CONSUMER_LAG(
            "kafka.consumer.fetch.manager.records.lag",
            GAUGE,
            "records",
            "sent to the partition and not read yet",
            List.of("client.id", "kafka.version", "partition", "spring.id", "topic"),
            MeterOwners.WORKERS);

    private final String id;
    private final MeterType type;
    private final String unit;
    private final String description;
    private final List<String> tags;
    private final List<String> services;

    PulseMeter(String id, MeterType type, String unit, String description, List<String> tags, List<String> services) {
        this.id = id;
        this.type = type;
        this.unit = unit;
        this.description = description;
        this.tags = tags;
        this.services = services;
    }

    /** The name to register it by. */
    public String id() {
        return id;
    }

    public MeterType type() {
        return type;
    }

    public String unit() {
        return unit;
    }

    public String description() {
        return description;
    }

    /** Besides {@code application}, which all have. */
    public List<String> tags() {
        return tags;
    }

    /** Who registers it. */
    public List<String> services() {
        return services;
    }

    public boolean isOwnMeter() {
        return id.startsWith("gonkapulse.");
    }

    /** The names under which Prometheus has it. */
    public List<String> prometheusNames() {
        String name = id.replace('.', '_');
        return switch (type) {
            case COUNTER -> List.of(name + "_total");
            case GAUGE -> List.of(unit.equals("seconds") ? name + "_seconds" : name);
            case TIMER -> List.of(name + "_seconds_count", name + "_seconds_sum", name + "_seconds_max");
            case HISTOGRAM ->
                Stream.of("_count", "_sum", "_max", "_bucket")
                        .map(suffix -> name + "_seconds" + suffix)
                        .toList();
        };
    }

    /** Who registers what. */
    private static final class MeterOwners {

        static final List<String> POLLER = List.of("tracker-poller");
        static final List<String> WRITER = List.of("stats-writer");
        static final List<String> AGGREGATOR = List.of("earnings-aggregator");
        static final List<String> GATEWAY = List.of("api-gateway");
        static final List<String> CONSUMERS = List.of("stats-writer", "earnings-aggregator", "tracker-poller");
        static final List<String> WORKERS = List.of("stats-writer", "earnings-aggregator");
        static final List<String> DATABASE_USERS = List.of("stats-writer", "earnings-aggregator", "api-gateway");

        private MeterOwners() {}
    }
}
