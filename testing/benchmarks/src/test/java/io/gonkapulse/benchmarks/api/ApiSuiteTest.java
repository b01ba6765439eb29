package io.gonkapulse.benchmarks.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.gonkapulse.benchmarks.harness.ForkClassPath;
import io.gonkapulse.benchmarks.harness.ForkedProcess;
import io.gonkapulse.localservers.LocalDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suite's data of a year, and the gateway's statements on it. */
@Tag("process")
class ApiSuiteTest {

    private static final int NODES = 20;
    private static final Pattern VARIABLE = Pattern.compile("(?<!:):id(\\d*)\\b");

    @TempDir
    private static Path home;

    private static LocalDatabase database;

    @BeforeAll
    static void createData() throws SQLException {
        database = LocalDatabase.fast(home.resolve("postgres"), 0).start();
        new ApiDataGenerator(database, NODES).createIfMissing();
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @Test
    void createsYearOfEpochs() throws SQLException {
        assertThat(value("select count(*) from epoch_totals where nodes = " + NODES))
                .isEqualTo(340);
        assertThat(value("select count(*) from epoch_settlements where claim = 'unclaimed'"))
                .as("one of twenty nodes in the newest two epochs")
                .isEqualTo(2);
        assertThat(value("select count(*) from epoch_settlements where claim = 'forfeited'"))
                .as("one of twenty nodes in the others")
                .isEqualTo(338);
        assertThat(value("select count(*) from settlement_ranks")).isEqualTo(340 * NODES);
        assertThat(value("select count(*) from unranked_epochs")).isZero();
        assertThat(value("select count(*) from current_node_stats where status = 'healthy'"))
                .isEqualTo(NODES);
        assertThat(value("select min(weight) from node_daily")).isPositive();
    }

    /** Without a cache, each request runs its statement. */
    @Test
    void findsRunnableStatements() {
        findStatements("0s", EnumSet.complementOf(EnumSet.of(MeasuredRoute.PAGE)));
    }

    /** Without a cache, another statement would count the nodes after each page. */
    @Test
    void findsRunnableStatementOfPage() {
        findStatements("1s", EnumSet.of(MeasuredRoute.PAGE));
    }

    private static void findStatements(String cacheTtl, Set<MeasuredRoute> routes) {
        ForkClassPath.prepare();
        GatewayStatementReader statements = new GatewayStatementReader(database);
        LocalDate today = LocalDate.ofInstant(InstantSource.system().instant(), ZoneOffset.UTC);
        try (ForkedProcess gateway = ApiSuite.startGateway(database, "gateway.cache-ttl=" + cacheTtl)) {
            int port = Integer.parseInt(gateway.nextReport());
            String server = "http://127.0.0.1:" + port;
            for (MeasuredRoute route : routes) {
                // Another statement may have followed in the session.
                AtomicInteger key = new AtomicInteger();
                await().atMost(ONE_MINUTE)
                        .ignoreException(IllegalStateException.class)
                        .untilAsserted(() -> {
                            request(server + route.path(key.getAndIncrement() % NODES));
                            assertThat(hasRow(statements.read(route.sqlMarker(), route.parameters(today))))
                                    .as(route.label())
                                    .isTrue();
                        });
            }
            assertThat(GatewayMeterReader.responses(port).total()).isGreaterThanOrEqualTo(routes.size());
            assertThat(GatewayMeterReader.compilationMillis(port)).isPositive();
        }
    }

    private static long value(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Runs the statement for existing nodes, in the place of pgbench. */
    private static boolean hasRow(String sql) throws SQLException {
        String statement = VARIABLE.matcher(sql)
                .replaceAll(found -> "'" + (ApiDataGenerator.FIRST_NODE + number(found.group(1))) + "'");
        try (Connection connection = connect();
                Statement prepared = connection.createStatement();
                ResultSet rows = prepared.executeQuery(statement)) {
            return rows.next();
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(ApiDataGenerator.DATABASE), LocalDatabase.USERNAME, "");
    }

    private static int number(String text) {
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private static void request(String address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }
}
