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

/** Knows when all is well again: every service is ready, and what a tracker said just now stands in every table. */
final class Recovery {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration ANSWER = Duration.ofSeconds(3);

    private static final String POLLED_SINCE = """
            select count(*) = 2
              from trackers
             where last_success_at > ?
            """;

    private static final String SHOWN_SINCE = """
            select coalesce(max(fetched_at) > ?, false)
              from node_stats_cache
            """;

    private static final String APPLIED = """
            select coalesce(sum(next_offset), 0)
              from consumer_offsets
             where consumer_group = ?
               and topic = 'tracker.snapshots'
            """;

    private final Fleet fleet;
    private final InstantSource clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER).build();

    Recovery(Fleet fleet, InstantSource clock) {
        this.fleet = fleet;
        this.clock = clock;
    }

    /** Returns how long after a moment everything that was fetched after it could be read everywhere. */
    Duration awaitFresh(Instant since) {
        return awaitFresh(since, PATIENCE);
    }

    /** The same, for what has to come soon. */
    Duration awaitFresh(Instant since, Duration most) {
        List<String> missing = new ArrayList<>();
        try {
            await().atMost(most).pollInterval(50, MILLISECONDS).until(() -> {
                missing.clear();
                missing.addAll(missing(since));
                return missing.isEmpty();
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("Within " + most + " there was no " + missing, e);
        }
        return Duration.between(since, clock.instant());
    }

    private List<String> missing(Instant since) {
        List<String> missing = new ArrayList<>();
        try {
            OffsetDateTime moment = since.atOffset(ZoneOffset.UTC);
            JdbcTemplate jdbc = fleet.store().jdbc();
            require(missing, "poll of each tracker", ask(jdbc, POLLED_SINCE, moment));
            require(missing, "fresh stats", ask(jdbc, SHOWN_SINCE, moment));
            long written = applied(jdbc, "stats-writer");
            require(missing, "aggregator beside the writer", applied(jdbc, "earnings-aggregator") >= written);
        } catch (DataAccessException e) {
            missing.add("database (" + e.getMessage() + ")");
        }
        if (missing.isEmpty()) {
            fleet.services()
                    .filter(service -> !answers(service, "/actuator/health/readiness"))
                    .forEach(service -> missing.add("readiness of " + service.name()));
            fleet.services(Role.API)
                    .forEach(api -> require(missing, "answer of " + api.name(), answers(api, "/api/v1/nodes?limit=1")));
        }
        return missing;
    }

    private static void require(List<String> missing, String what, boolean there) {
        if (!there) {
            missing.add(what);
        }
    }

    private static boolean ask(JdbcTemplate jdbc, String question, OffsetDateTime since) {
        return requireNonNullElse(jdbc.queryForObject(question, Boolean.class, since), false);
    }

    private static long applied(JdbcTemplate jdbc, String group) {
        return requireNonNullElse(jdbc.queryForObject(APPLIED, Long.class, group), 0L);
    }

    private boolean answers(FleetProcess service, String path) {
        URI address = URI.create("http://127.0.0.1:" + fleet.port(service) + path);
        try {
            return http.send(HttpRequest.newBuilder(address).timeout(ANSWER).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Returns when every broker has every record that it should have: now one may be lost again. */
    void awaitAllReplicas() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", fleet.bootstrapServers()))) {
            await().atMost(PATIENCE)
                    .pollInterval(200, MILLISECONDS)
                    .ignoreExceptionsInstanceOf(ExecutionException.class)
                    .until(() -> describeAll(admin).stream()
                            .flatMap(topic -> topic.partitions().stream())
                            .allMatch(partition -> partition.isr().size() == Fleet.BROKERS));
        }
    }

    private static List<TopicDescription> describeAll(Admin admin) throws ExecutionException, InterruptedException {
        return List.copyOf(admin.describeTopics(admin.listTopics().names().get())
                .allTopicNames()
                .get()
                .values());
    }
}
