package io.gonkapulse.apigateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.DedicatedDatabase;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class DatabaseOutageTest {

    private static final SteppedClock CLOCK = SteppedClock.at(Instant.parse("2026-03-10T12:00:00Z"));
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final TestDatabase database;
    private final GatewayTestData data;
    /** Waits long for a range. */
    private final TestGateway patient;

    private final ExecutorService clients = Executors.newCachedThreadPool();

    DatabaseOutageTest(TestDatabase database) {
        this.database = database;
        data = GatewayTestData.in(database);
        patient = TestGateway.start(database, CLOCK, "--gateway.max-in-flight=64", "--gateway.range-timeout=60s");
    }

    @AfterAll
    void stop() {
        clients.shutdownNow();
        patient.close();
    }

    @Test
    void recoversFromDatabaseOutage(DedicatedDatabase dedicated) {
        GatewayTestData.in(dedicated);
        try (TestGateway gateway = TestGateway.start(dedicated, CLOCK)) {
            assertThat(gateway.send("GET", "/actuator/health/readiness").statusCode())
                    .isEqualTo(200);
            gateway.get("/api/v1/network");

            dedicated.stop();
            for (String route : List.of("/nodes", "/nodes/gonka1a", "/earnings", "/network", "/trackers")) {
                HttpResponse<String> response = gateway.send("GET", "/api/v1" + route);
                assertThat(response.statusCode()).as(route).isEqualTo(503);
                assertThat(response.headers().firstValue("Retry-After")).isPresent();
                assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
                assertThat(response.body())
                        .contains("\"code\":\"database_unavailable\"", "\"id\":\"")
                        .doesNotContain("127.0.0.1", "jdbc", "Exception");
            }
            HttpResponse<String> notReady = gateway.send("GET", "/actuator/health/readiness");
            assertThat(notReady.statusCode()).isEqualTo(503);
            assertThat(notReady.body()).contains("The database is not reachable");
            assertThat(gateway.send("GET", "/actuator/health/liveness").statusCode())
                    .isEqualTo(200);

            dedicated.start();
            awaitAvailable(gateway, "/actuator/health/readiness");
            awaitAvailable(gateway, "/api/v1/network");
        }
    }

    @Test
    void logsRefusedLogin(DedicatedDatabase dedicated, @TempDir Path folder) throws Exception {
        GatewayTestData logins = GatewayTestData.in(dedicated);
        logins.run("create role portal_login login password 'right-one' in role gonkapulse_reader");
        logins.run("""
                do $$
                begin
                  execute format(
                      'copy (values (''host all portal_login all scram-sha-256''), (''host all all all trust''),'
                          || ' (''local all all trust'')) to %L',
                      current_setting('hba_file'));
                  perform pg_reload_conf();
                end
                $$
                """);
        await().atMost(TIMEOUT).until(() -> isRefused(dedicated, "portal_login", "wrong-one"));
        Path log = folder.resolve("log");
        try (TestGateway gateway = TestGateway.start(
                dedicated,
                CLOCK,
                "--spring.datasource.username=portal_login",
                "--spring.datasource.password=wrong-one",
                "--logging.file.name=" + log)) {
            await().atMost(TIMEOUT)
                    .until(() ->
                            Files.readString(log).contains("password authentication failed for user \"portal_login\""));
            HttpResponse<String> notReady = gateway.send("GET", "/actuator/health/readiness");
            assertThat(notReady.statusCode()).isEqualTo(503);
            assertThat(notReady.body())
                    .contains("The database refuses the login: authentication failed")
                    .doesNotContain("portal_login", "wrong-one");
            assertThat(Files.readString(log)).doesNotContain("wrong-one");

            logins.run("alter role portal_login password 'wrong-one'");
            awaitAvailable(gateway, "/actuator/health/readiness");
        }
    }

    private static boolean isRefused(DedicatedDatabase database, String user, String password) {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), user, password)) {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    @Test
    void cancelsSlowStatementAndRejectsExcess() throws Exception {
        try (TestGateway gateway =
                        TestGateway.start(database, CLOCK, "--gateway.max-in-flight=1", "--gateway.range-timeout=5s");
                Connection locker = database.dataSource().getConnection()) {
            lock(locker, "earnings_daily");
            Future<HttpResponse<String>> slow = clients.submit(() -> gateway.send("GET", "/api/v1/earnings"));
            awaitWaitingSessions(locker, 1);
            HttpResponse<String> rejected = gateway.send("GET", "/api/v1/trackers");

            assertThat(rejected.statusCode()).isEqualTo(429);
            assertThat(rejected.body()).contains("Too many concurrent requests", "\"code\":\"overloaded\"");
            assertThat(rejected.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(slow.get().statusCode()).isEqualTo(503);
            assertThat(slow.get().body()).contains("The database does not respond in time");
            locker.rollback();
            assertThat(gateway.get("/api/v1/earnings").get("items")).isEmpty();
        }
    }

    @Test
    void slowQueryBlocksNoOther() throws Exception {
        try (Connection locker = database.dataSource().getConnection()) {
            lock(locker, "earnings_daily");
            Future<HttpResponse<String>> slow = clients.submit(() -> patient.send("GET", "/api/v1/earnings"));
            awaitWaitingSessions(locker, 1);
            for (int number = 0; number < 300; number++) {
                assertThat(patient.send("GET", "/api/v1/nodes/gonka1" + number).statusCode())
                        .isEqualTo(404);
            }

            assertThat(slow).isNotDone();
            locker.rollback();
            assertThat(slow.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void slowRangesLeaveLookupSessions() throws Exception {
        data.insertNode("gonka1a");
        try (Connection locker = database.dataSource().getConnection()) {
            lock(locker, "earnings_daily");
            List<Future<HttpResponse<String>>> ranges = IntStream.rangeClosed(1, 12)
                    .mapToObj(day -> "/api/v1/earnings?from=2026-02-" + (10 + day))
                    .map(route -> clients.submit(() -> patient.send("GET", route)))
                    .toList();
            awaitWaitingSessions(locker, 4);
            for (String route : List.of("/nodes", "/nodes/gonka1a", "/trackers")) {
                assertThat(patient.send("GET", "/api/v1" + route).statusCode())
                        .as(route)
                        .isEqualTo(200);
            }
            await().atMost(TIMEOUT)
                    .until(() -> ranges.stream().filter(Future::isDone).count() == 8);
            locker.rollback();

            for (Future<HttpResponse<String>> range : ranges) {
                HttpResponse<String> response = range.get();
                assertThat(response.statusCode()).isIn(200, 503);
                assertThat(response.headers().firstValue("Retry-After").isPresent())
                        .isEqualTo(response.statusCode() == 503);
            }
            assertThat(patient.send("GET", "/api/v1/earnings").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void slowPagesLeaveSessions() throws Exception {
        try (Connection locker = database.dataSource().getConnection()) {
            lock(locker, "node_stats_cache");
            List<Future<HttpResponse<String>>> pages = IntStream.rangeClosed(1, 12)
                    .mapToObj(limit -> "/api/v1/nodes?limit=" + limit)
                    .map(route -> clients.submit(() -> patient.send("GET", route)))
                    .toList();
            awaitWaitingSessions(locker, 4);

            assertThat(patient.send("GET", "/api/v1/earnings").statusCode()).isEqualTo(200);
            assertThat(sessionsWaiting(locker)).isLessThanOrEqualTo(4);
            locker.rollback();
            for (Future<HttpResponse<String>> page : pages) {
                assertThat(page.get().statusCode()).isIn(200, 503);
            }
            assertThat(patient.send("GET", "/api/v1/nodes?limit=13").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void filteredCountIsRange() throws Exception {
        data.insertNode("gonka1count1");
        data.insertNode("gonka1count2");
        try (Connection locker = database.dataSource().getConnection()) {
            lock(locker, "earnings_daily");
            List<Future<HttpResponse<String>>> ranges = IntStream.rangeClosed(1, 4)
                    .mapToObj(day -> "/api/v1/earnings?from=2026-01-" + (10 + day))
                    .map(route -> clients.submit(() -> patient.send("GET", route)))
                    .toList();
            awaitWaitingSessions(locker, 4);

            assertThat(patient.send("GET", "/api/v1/nodes?q=gonka1count&limit=1")
                            .statusCode())
                    .isEqualTo(503);
            locker.rollback();
            for (Future<HttpResponse<String>> range : ranges) {
                assertThat(range.get().statusCode()).isEqualTo(200);
            }
            assertThat(patient.get("/api/v1/nodes?q=gonka1count&limit=1")
                            .get("total")
                            .asInt())
                    .isEqualTo(2);
        }
    }

    private static void awaitAvailable(TestGateway gateway, String path) {
        int status = await(path)
                .atMost(TIMEOUT)
                .until(() -> gateway.send("GET", path).statusCode(), found -> found != 503);
        assertThat(status).isEqualTo(200);
    }

    private static void lock(Connection connection, String table) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table " + table + " in access exclusive mode");
        }
    }

    /** Waits until this many sessions are blocked by the lock. */
    private static void awaitWaitingSessions(Connection connection, int count) {
        await().atMost(TIMEOUT).until(() -> sessionsWaiting(connection) >= count);
    }

    private static int sessionsWaiting(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery("""
                    select count(*)
                      from pg_locks
                     where not granted
                       and database = (select oid from pg_database where datname = current_database())
                    """);
            rows.next();
            return rows.getInt(1);
        }
    }
}
