package io.gonkapulse.chaos;

import static java.util.Objects.requireNonNullElse;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.awaitility.core.ConditionTimeoutException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Waits for recovery: every service is ready, and new snapshots are in every table and in the API. */
final class RecoveryMonitor {

    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(3);

    private static final String POLLED_SINCE = """
            select count(*) = 2
              from trackers
             where last_success_at > ?
            """;

    private static final String STATS_SINCE = """
            select coalesce(max(fetched_at) > ?, false)
              from node_stats_cache
            """;

    private static final String APPLIED = """
            select coalesce(sum(next_offset), 0)
              from consumer_offsets
             where consumer_group = ?
               and topic = 'tracker.snapshots'
            """;

    private final SystemUnderTest system;
    private final InstantSource clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(RESPONSE_TIMEOUT).build();

    RecoveryMonitor(SystemUnderTest system, InstantSource clock) {
        this.system = system;
        this.clock = clock;
    }

    /** Returns the time from {@code since} until everything fetched afterwards is visible everywhere. */
    Duration awaitFreshData(Instant since) {
        return awaitFreshData(since, TIMEOUT);
    }

    /** The same with another timeout. */
    Duration awaitFreshData(Instant since, Duration timeout) {
        List<String> missing = new ArrayList<>();
        try {
            await().atMost(timeout).pollInterval(50, MILLISECONDS).until(() -> {
                missing.clear();
                missing.addAll(missing(since));
                return missing.isEmpty();
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("Within " + timeout + " these did not recover: " + missing, e);
        }
        return Duration.between(since, clock.instant());
    }

    private List<String> missing(Instant since) {
        List<String> missing = new ArrayList<>();
        try {
            OffsetDateTime moment = since.atOffset(ZoneOffset.UTC);
            JdbcTemplate jdbc = system.database().jdbc();
            addIfMissing(missing, "poll of each tracker", queryBoolean(jdbc, POLLED_SINCE, moment));
            addIfMissing(missing, "fresh stats", queryBoolean(jdbc, STATS_SINCE, moment));
            long written = applied(jdbc, "stats-writer");
            addIfMissing(
                    missing, "aggregator at the writer's offsets", applied(jdbc, "earnings-aggregator") >= written);
        } catch (DataAccessException e) {
            missing.add("database (" + e.getMessage() + ")");
        }
        if (missing.isEmpty()) {
            system.services()
                    .filter(service -> !respondsOk(service, "/actuator/health/readiness"))
                    .forEach(service -> missing.add("readiness of " + service.name()));
            system.services(ServiceRole.API)
                    .forEach(api -> addIfMissing(
                            missing, "response of " + api.name(), respondsOk(api, "/api/v1/nodes?limit=1")));
        }
        return missing;
    }

    private static void addIfMissing(List<String> missing, String name, boolean present) {
        if (!present) {
            missing.add(name);
        }
    }

    private static boolean queryBoolean(JdbcTemplate jdbc, String query, OffsetDateTime since) {
        return requireNonNullElse(jdbc.queryForObject(query, Boolean.class, since), false);
    }

    private static long applied(JdbcTemplate jdbc, String group) {
        return requireNonNullElse(jdbc.queryForObject(APPLIED, Long.class, group), 0L);
    }

    private boolean respondsOk(ManagedProcess service, String path) {
        URI address = URI.create("http://127.0.0.1:" + system.port(service) + path);
        try {
            return http.send(
                                    HttpRequest.newBuilder(address)
                                            .timeout(RESPONSE_TIMEOUT)
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits until all replicas are in sync, so that the next broker loss cannot lose records. */
    void awaitReplicasInSync() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", system.bootstrapServers()))) {
            await().atMost(TIMEOUT)
                    .pollInterval(200, MILLISECONDS)
                    .ignoreExceptionsInstanceOf(ExecutionException.class)
                    .until(() -> describeAll(admin).stream()
                            .flatMap(topic -> topic.partitions().stream())
                            .allMatch(partition -> partition.isr().size() == SystemUnderTest.BROKERS));
        }
    }

    private static List<TopicDescription> describeAll(Admin admin) throws ExecutionException, InterruptedException {
        return List.copyOf(admin.describeTopics(admin.listTopics().names().get())
                .allTopicNames()
                .get()
                .values());
    }
}
