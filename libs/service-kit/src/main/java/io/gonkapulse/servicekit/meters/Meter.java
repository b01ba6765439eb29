package io.gonkapulse.servicekit.meters;

import static io.gonkapulse.servicekit.meters.MeterKind.COUNTER;
import static io.gonkapulse.servicekit.meters.MeterKind.GAUGE;
import static io.gonkapulse.servicekit.meters.MeterKind.HISTOGRAM;
import static io.gonkapulse.servicekit.meters.MeterKind.TIMER;

import java.util.List;
import java.util.stream.Stream;

/**
 * The catalogue of meters: all of ours, and of those that libraries bring the ones that our alerts and dashboards use.
 * Ours are registered by these names and nowhere else by others.
 */
@SuppressWarnings("ImmutableEnumChecker") // its lists cannot be changed
public enum Meter {
    RECORDS_RECEIVED(
            "gonkapulse.records.received",
            COUNTER,
            "records",
            "the sum of the next three",
            List.of("topic"),
            Of.WORKERS),
    RECORDS_STORED(
            "gonkapulse.records.stored", COUNTER, "records", "are in the tables now", List.of("topic"), Of.WORKERS),
    RECORDS_SUPERSEDED(
            "gonkapulse.records.superseded",
            COUNTER,
            "records",
            "older than what is there, or the same",
            List.of("topic"),
            Of.WORKERS),
    RECORDS_DEAD_LETTERED(
            "gonkapulse.records.dead.lettered",
            COUNTER,
            "records",
            "could not be used, and were set aside with the reason; of the poller, orders",
            List.of("topic"),
            Of.CONSUMERS),
    BATCHES("gonkapulse.batches", TIMER, "batches", "batches applied, with their time", List.of("topic"), Of.WORKERS),
    BATCHES_POSTPONED(
            "gonkapulse.batches.postponed",
            COUNTER,
            "tries",
            "tries that the database or the broker stopped; the batch comes again",
            List.of("topic"),
            Of.WORKERS),
    CONSUMER_RUNNING(
            "gonkapulse.consumer.running",
            GAUGE,
            "0 or 1",
            "1 while the consumer is in its group; 0 before, or when it stopped by itself",
            List.of("topic"),
            Of.WORKERS),
    CONSUMER_APPLIED_AGE(
            "gonkapulse.consumer.applied.age",
            GAUGE,
            "seconds",
            "age of the last record of the batch applied last; grows while nothing is sent; NaN before the first batch",
            List.of("topic"),
            Of.WORKERS),
    TOPIC_LOSES_RECORDS(
            "gonkapulse.topic.loses.records",
            GAUGE,
            "0 or 1",
            "1 where a topic that is to be kept for ever has a retention, or is compacted; NaN while the broker does not say",
            List.of("topic"),
            Of.WORKERS),
    SCHEMA_BEHIND(
            "gonkapulse.schema.behind",
            GAUGE,
            "0 or 1",
            "1 where the schema lacks what the program needs; NaN while nobody can tell",
            List.of(),
            Of.DATABASE_USERS),

    TRACKER_INTERVAL(
            "gonkapulse.tracker.interval",
            GAUGE,
            "seconds",
            "between two polls, as the newest poll says",
            List.of("tracker"),
            Of.WRITER),
    TRACKER_POLL_AGE(
            "gonkapulse.tracker.poll.age",
            GAUGE,
            "seconds",
            "since the newest poll that is told of began, however it went",
            List.of("tracker"),
            Of.WRITER),
    TRACKER_SUCCESS_AGE(
            "gonkapulse.tracker.success.age",
            GAUGE,
            "seconds",
            "since the newest successful poll began",
            List.of("tracker"),
            Of.WRITER),
    TRACKER_SNAPSHOT_AGE(
            "gonkapulse.tracker.snapshot.age",
            GAUGE,
            "seconds",
            "age of the newest snapshot that is in the tables: the whole chain from tracker to database as one number",
            List.of("tracker"),
            Of.WRITER),
    NODES(
            "gonkapulse.nodes",
            GAUGE,
            "nodes",
            "nodes by the tracker of their newest snapshot; state: fresh, stale, or offline",
            List.of("tracker", "state"),
            Of.WRITER),

    EARNINGS_DIFFERENCES(
            "gonkapulse.earnings.differences",
            GAUGE,
            "differences",
            "what the newest verification found wrong: anything but 0 is an alarm; NaN before the first one",
            List.of(),
            Of.AGGREGATOR),
    SETTLEMENTS_MISSING(
            "gonkapulse.settlements.missing",
            GAUGE,
            "nodes",
            "nodes without a settlement in one of the last five epochs that are over, each epoch counted",
            List.of(),
            Of.AGGREGATOR),

    POLLS("gonkapulse.poller.polls", COUNTER, "polls", "polls", List.of("tracker", "purpose", "outcome"), Of.POLLER),
    PUBLISHED(
            "gonkapulse.poller.published",
            COUNTER,
            "snapshots",
            "snapshots that are safe in Kafka",
            List.of("tracker", "purpose"),
            Of.POLLER),
    SKIPPED(
            "gonkapulse.poller.skipped",
            COUNTER,
            "participants",
            "participants that were not published; with the published ones they are all that were named",
            List.of("tracker", "purpose", "reason"),
            Of.POLLER),
    STAGE(
            "gonkapulse.poller.stage",
            TIMER,
            "polls",
            "time of fetching, parsing, publishing",
            List.of("tracker", "purpose", "stage"),
            Of.POLLER),
    REQUESTS(
            "gonkapulse.poller.requests",
            TIMER,
            "requests",
            "single requests, and their time",
            List.of("tracker", "url", "outcome"),
            Of.POLLER),
    RECORDS_REFUSED(
            "gonkapulse.poller.records.refused",
            COUNTER,
            "records",
            "records that Kafka refused for their time: the clock of the poller's host is ahead of the broker's",
            List.of("topic"),
            Of.POLLER),
    BEATS_MISSED(
            "gonkapulse.poller.beats.missed",
            COUNTER,
            "beats",
            "beats that passed while the poll before ran, or without a lease",
            List.of("tracker"),
            Of.POLLER),
    CIRCUITS_OPEN(
            "gonkapulse.poller.circuits.open",
            GAUGE,
            "addresses",
            "addresses of the tracker that are not asked for the moment, because most calls there failed",
            List.of("tracker"),
            Of.POLLER),
    TRACKERS_OWNED("gonkapulse.poller.trackers.owned", GAUGE, "trackers", "polled here now", List.of(), Of.POLLER),
    BACKFILL_REMAINING(
            "gonkapulse.poller.backfill.remaining",
            GAUGE,
            "epochs",
            "still to be fetched on order",
            List.of(),
            Of.POLLER),

    ANSWERS(
            "gateway.answers",
            COUNTER,
            "answers",
            "answers about nodes and earnings, from: database or memory",
            List.of("from"),
            Of.GATEWAY),
    REQUESTS_SHED(
            "gateway.requests.shed",
            COUNTER,
            "requests",
            "turned away because too many were in flight, or because a client did not read its responses",
            List.of(),
            Of.GATEWAY),
    CONNECTIONS_REFUSED(
            "gateway.connections.refused",
            COUNTER,
            "connections",
            "closed at once because their address had too many",
            List.of(),
            Of.GATEWAY),
    REQUESTS_IN_FLIGHT("gateway.requests.in.flight", GAUGE, "requests", "are worked on now", List.of(), Of.GATEWAY),

    HTTP_REQUESTS(
            "http.server.requests",
            HISTOGRAM,
            "requests",
            "every request by route and status, with its time",
            List.of("error", "exception", "method", "outcome", "status", "uri"),
            Of.GATEWAY),
    POOL_ACTIVE("hikaricp.connections.active", GAUGE, "sessions", "at work", List.of("pool"), Of.DATABASE_USERS),
    POOL_MAX(
            "hikaricp.connections.max",
            GAUGE,
            "sessions",
            "as many as there may be",
            List.of("pool"),
            Of.DATABASE_USERS),
    POOL_PENDING(
            "hikaricp.connections.pending",
            GAUGE,
            "threads",
            "threads that wait for a session",
            List.of("pool"),
            Of.DATABASE_USERS),
    CONSUMER_LAG(
            "kafka.consumer.fetch.manager.records.lag",
            GAUGE,
            "records",
            "sent to the partition and not read yet",
            List.of("client.id", "kafka.version", "partition", "spring.id", "topic"),
            Of.WORKERS);

    private final String id;
    private final MeterKind kind;
    private final String unit;
    private final String meaning;
    private final List<String> tags;
    private final List<String> services;

    Meter(String id, MeterKind kind, String unit, String meaning, List<String> tags, List<String> services) {
        this.id = id;
        this.kind = kind;
        this.unit = unit;
        this.meaning = meaning;
        this.tags = tags;
        this.services = services;
    }

    /** The name to register it by. */
    public String id() {
        return id;
    }

    public MeterKind kind() {
        return kind;
    }

    public String unit() {
        return unit;
    }

    public String meaning() {
        return meaning;
    }

    /** Besides {@code application}, which all have. */
    public List<String> tags() {
        return tags;
    }

    /** Who registers it. */
    public List<String> services() {
        return services;
    }

    public boolean isOurs() {
        return id.startsWith("gonkapulse.") || id.startsWith("gateway.");
    }

    /** The names under which Prometheus has it. */
    public List<String> prometheusNames() {
        String name = id.replace('.', '_');
        return switch (kind) {
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
    private static final class Of {

        static final List<String> POLLER = List.of("tracker-poller");
        static final List<String> WRITER = List.of("stats-writer");
        static final List<String> AGGREGATOR = List.of("earnings-aggregator");
        static final List<String> GATEWAY = List.of("api-gateway");
        static final List<String> CONSUMERS = List.of("stats-writer", "earnings-aggregator", "tracker-poller");
        static final List<String> WORKERS = List.of("stats-writer", "earnings-aggregator");
        static final List<String> DATABASE_USERS = List.of("stats-writer", "earnings-aggregator", "api-gateway");

        private Of() {}
    }
}
