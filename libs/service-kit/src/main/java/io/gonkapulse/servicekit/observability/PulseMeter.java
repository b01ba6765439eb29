package io.gonkapulse.servicekit.observability;

import static io.gonkapulse.servicekit.observability.MeterType.*;

import java.util.List;
import java.util.stream.Stream;

/**
 * Catalogue of all own meters, and of those library meters that alerts and dashboards use. Services
 * register own meters by these names only.
 */
@SuppressWarnings("ImmutableEnumChecker") // its lists are immutable
public enum PulseMeter {
    RECORDS_RECEIVED(
            "gonkapulse.records.received",
            COUNTER,
            "records",
            "records received: the sum of stored, superseded and dead-lettered",
            List.of("topic"),
            MeterOwners.WORKERS),
    RECORDS_STORED(
            "gonkapulse.records.stored",
            COUNTER,
            "records",
            "records that became the stored state",
            List.of("topic"),
            MeterOwners.WORKERS),
    RECORDS_SUPERSEDED(
            "gonkapulse.records.superseded",
            COUNTER,
            "records",
            "records older than the stored row, or equal to it",
            List.of("topic"),
            MeterOwners.WORKERS),
    RECORDS_DEAD_LETTERED(
            "gonkapulse.records.dead.lettered",
            COUNTER,
            "records",
            "invalid records, published as dead letters; for the poller, invalid commands",
            List.of("topic"),
            MeterOwners.CONSUMERS),
    BATCHES(
            "gonkapulse.consumer.batches",
            TIMER,
            "attempts",
            "attempts to apply a batch, failed ones included, and their duration",
            List.of("topic"),
            MeterOwners.WORKERS),
    BATCHES_RETRIED(
            "gonkapulse.consumer.batches.retried",
            COUNTER,
            "attempts",
            "attempts that a transient failure of the database or the broker ended; the batch is retried",
            List.of("topic"),
            MeterOwners.WORKERS),
    JOBS_OPEN("gonkapulse.jobs.open", GAUGE, "jobs", "jobs that wait or run", List.of("state"), MeterOwners.RECORDER),
    JOBS_FINISHED(
            "gonkapulse.jobs.finished",
            GAUGE,
            "jobs",
            "jobs that ended in the last day",
            List.of("state"),
            MeterOwners.RECORDER),
    JOBS_LOST(
            "gonkapulse.jobs.lost",
            GAUGE,
            "jobs",
            "jobs of the last day without a sign of life until the end of their lease",
            List.of(),
            MeterOwners.RECORDER),
    JOBS_CONFLICTING(
            "gonkapulse.jobs.conflicting",
            GAUGE,
            "jobs",
            "jobs of the last day whose reporters name different outcomes or bots",
            List.of(),
            MeterOwners.RECORDER),
    JOBS_SKEWED(
            "gonkapulse.jobs.skewed",
            GAUGE,
            "jobs",
            "jobs of the last day that ended before they started, by their clocks",
            List.of(),
            MeterOwners.RECORDER),
    JOBS_WITHOUT_DAY(
            "gonkapulse.jobs.without.day",
            GAUGE,
            "jobs",
            "jobs in the default partition; many of them mean that days are missing",
            List.of(),
            MeterOwners.RECORDER),
    JOBS_EVENTS_LOST(
            "gonkapulse.jobs.events.lost",
            GAUGE,
            "events",
            "events of jobs that reporters lost, as they said in the last day",
            List.of(),
            MeterOwners.RECORDER),
    JOBS_COUNT_DIFFERENCES(
            "gonkapulse.jobs.count.differences",
            GAUGE,
            "differences",
            "counts and durations that differ from the rows of jobs and stages",
            List.of(),
            MeterOwners.RECORDER),
    CONSUMER_RUNNING(
            "gonkapulse.consumer.running",
            GAUGE,
            "0 or 1",
            "1 while the consumer is in its group; 0 before, and after it stopped by itself",
            List.of("topic"),
            MeterOwners.WORKERS),
    CONSUMER_APPLIED_AGE(
            "gonkapulse.consumer.applied.age",
            GAUGE,
            "seconds",
            "age of the last applied record; grows while no records arrive; NaN before the first batch",
            List.of("topic"),
            MeterOwners.WORKERS),
    TOPIC_RECORD_LOSS(
            "gonkapulse.topic.loses.records",
            GAUGE,
            "0 or 1",
            "1 if a topic declared with unlimited retention has a limit or is compacted; NaN if unknown",
            List.of("topic"),
            MeterOwners.WORKERS),
    SCHEMA_BEHIND(
            "gonkapulse.schema.behind",
            GAUGE,
            "0 or 1",
            "1 if the schema is older than the program requires; NaN if unknown",
            List.of(),
            MeterOwners.DATABASE_USERS),

    TRACKER_INTERVAL(
            "gonkapulse.tracker.interval",
            GAUGE,
            "seconds",
            "configured time between two polls, from the newest poll",
            List.of("tracker"),
            MeterOwners.WRITER),
    TRACKER_POLL_AGE(
            "gonkapulse.tracker.poll.age",
            GAUGE,
            "seconds",
            "time since the start of the newest poll, successful or not",
            List.of("tracker"),
            MeterOwners.WRITER),
    TRACKER_SUCCESS_AGE(
            "gonkapulse.tracker.success.age",
            GAUGE,
            "seconds",
            "time since the start of the newest successful poll",
            List.of("tracker"),
            MeterOwners.WRITER),
    TRACKER_SNAPSHOT_AGE(
            "gonkapulse.tracker.snapshot.age",
            GAUGE,
            "seconds",
            "age of the newest stored snapshot: end-to-end delay from tracker to database",
            List.of("tracker"),
            MeterOwners.WRITER),
    NODES(
            "gonkapulse.nodes",
            GAUGE,
            "nodes",
            "nodes by the tracker of their newest snapshot; state is fresh, stale, offline or inactive",
            List.of("tracker", "state"),
            MeterOwners.WRITER),

    EARNINGS_DIFFERENCES(
            "gonkapulse.earnings.differences",
            GAUGE,
            "differences",
            "differences found by the newest verification; must be 0; NaN before the first one",
            List.of(),
            MeterOwners.AGGREGATOR),
    SETTLEMENTS_MISSING(
            "gonkapulse.settlements.missing",
            GAUGE,
            "nodes",
            "missing settlements in the last five finished epochs, summed over nodes and epochs",
            List.of(),
            MeterOwners.AGGREGATOR),

    POLLS(
            "gonkapulse.poller.polls",
            COUNTER,
            "polls",
            "polls by purpose and outcome",
            List.of("tracker", "purpose", "outcome"),
            MeterOwners.POLLER),
    SNAPSHOTS_PUBLISHED(
            "gonkapulse.poller.snapshots.published",
            COUNTER,
            "snapshots",
            "snapshots acknowledged by Kafka",
            List.of("tracker", "purpose"),
            MeterOwners.POLLER),
    PARTICIPANTS_SKIPPED(
            "gonkapulse.poller.participants.skipped",
            COUNTER,
            "participants",
            "participants not published, by reason; published plus skipped is the number in the response",
            List.of("tracker", "purpose", "reason"),
            MeterOwners.POLLER),
    POLL_STAGE(
            "gonkapulse.poller.stage",
            TIMER,
            "polls",
            "duration of fetching, parsing and publishing",
            List.of("tracker", "purpose", "stage"),
            MeterOwners.POLLER),
    TRACKER_REQUESTS(
            "gonkapulse.poller.requests",
            TIMER,
            "requests",
            "HTTP requests to trackers, and their duration",
            List.of("tracker", "url", "outcome"),
            MeterOwners.POLLER),
    RECORDS_REJECTED(
            "gonkapulse.poller.records.rejected",
            COUNTER,
            "records",
            "records that Kafka rejected by timestamp: the poller's clock is ahead of the broker's",
            List.of("topic"),
            MeterOwners.POLLER),
    POLLS_SKIPPED(
            "gonkapulse.poller.polls.skipped",
            COUNTER,
            "polls",
            "scheduled polls skipped because the previous poll still ran or the lease was missing",
            List.of("tracker"),
            MeterOwners.POLLER),
    CIRCUITS_OPEN(
            "gonkapulse.poller.circuits.open",
            GAUGE,
            "addresses",
            "tracker addresses with an open circuit, which get no requests for the moment",
            List.of("tracker"),
            MeterOwners.POLLER),
    TRACKERS_ASSIGNED(
            "gonkapulse.poller.trackers.assigned",
            GAUGE,
            "trackers",
            "trackers assigned to this poller",
            List.of(),
            MeterOwners.POLLER),
    BACKFILL_REMAINING(
            "gonkapulse.poller.backfill.remaining",
            GAUGE,
            "epochs",
            "epochs still to be fetched by backfill commands",
            List.of(),
            MeterOwners.POLLER),

    RESPONSES(
            "gonkapulse.gateway.responses",
            COUNTER,
            "responses",
            "responses about nodes and earnings; source is database or memory",
            List.of("source"),
            MeterOwners.GATEWAY),
    REQUESTS_REJECTED(
            "gonkapulse.gateway.requests.rejected",
            COUNTER,
            "requests",
            "requests rejected because too many were in flight, or because the client did not read responses",
            List.of(),
            MeterOwners.GATEWAY),
    CONNECTIONS_REFUSED(
            "gonkapulse.gateway.connections.refused",
            COUNTER,
            "connections",
            "connections closed at once because their address had too many",
            List.of(),
            MeterOwners.GATEWAY),
    REQUESTS_IN_FLIGHT(
            "gonkapulse.gateway.requests.in.flight",
            GAUGE,
            "requests",
            "requests in progress",
            List.of(),
            MeterOwners.GATEWAY),
    STREAMS("gonkapulse.gateway.streams", GAUGE, "streams", "open event streams", List.of(), MeterOwners.GATEWAY),
    STREAMS_ENDED(
            "gonkapulse.gateway.streams.ended",
            COUNTER,
            "streams",
            "event streams that ended; reason is client (disconnected), slow (did not read), revoked (key) or shutdown",
            List.of("reason"),
            MeterOwners.GATEWAY),

    INTAKE_REQUESTS(
            "gonkapulse.jobs.intake.requests",
            COUNTER,
            "requests",
            "requests with events of jobs; outcome is accepted, disconnected or the code of the refusal",
            List.of("outcome"),
            MeterOwners.RECORDER),
    INTAKE_EVENTS(
            "gonkapulse.jobs.intake.events",
            COUNTER,
            "events",
            "events of jobs accepted over HTTP; dialect is job, bot or openlineage",
            List.of("dialect"),
            MeterOwners.RECORDER),

    HTTP_REQUESTS(
            "http.server.requests",
            HISTOGRAM,
            "requests",
            "requests by route and status, and their duration",
            List.of("error", "exception", "method", "outcome", "status", "uri"),
            MeterOwners.GATEWAY),
    POOL_ACTIVE(
            "hikaricp.connections.active",
            GAUGE,
            "sessions",
            "sessions in use",
            List.of("pool"),
            MeterOwners.DATABASE_USERS),
    POOL_MAX(
            "hikaricp.connections.max",
            GAUGE,
            "sessions",
            "maximum number of sessions",
            List.of("pool"),
            MeterOwners.DATABASE_USERS),
    POOL_PENDING(
            "hikaricp.connections.pending",
            GAUGE,
            "threads",
            "threads waiting for a session",
            List.of("pool"),
            MeterOwners.DATABASE_USERS),
    CONSUMER_LAG(
            "kafka.consumer.fetch.manager.records.lag",
            GAUGE,
            "records",
            "records sent to the partition and not read yet",
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

    /** Name in Micrometer. */
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

    /** Tags besides {@code application}, which all meters have. */
    public List<String> tags() {
        return tags;
    }

    /** Services that register this meter. */
    public List<String> services() {
        return services;
    }

    public boolean isOwnMeter() {
        return id.startsWith("gonkapulse.");
    }

    /** Names of the series in Prometheus: Micrometer appends {@code _total} to counters and the unit to times. */
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
}
