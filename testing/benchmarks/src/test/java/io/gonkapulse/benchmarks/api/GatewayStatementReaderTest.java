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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class GatewayStatementReaderTest {

    private static final int NODES = 20;
    private static final Pattern VARIABLE = Pattern.compile("(?<!:):id(\\d*)\\b");

    @Test
    void findsRunnableStatementOfEachRoute(@TempDir Path home) throws Exception {
        ForkClassPath.prepare();
        try (LocalDatabase database =
                LocalDatabase.fast(home.resolve("postgres"), 0).start()) {
            new ApiDataGenerator(database, NODES).createIfMissing();
            GatewayStatementReader statements = new GatewayStatementReader(database);
            LocalDate today = LocalDate.ofInstant(InstantSource.system().instant(), ZoneOffset.UTC);
            try (ForkedProcess gateway = ApiSuite.startGateway(database)) {
                String server = "http://127.0.0.1:" + gateway.nextReport();
                for (MeasuredRoute route : MeasuredRoute.values()) {
                    // Another statement may have followed in the session; responses are cached, so keys change.
                    AtomicInteger key = new AtomicInteger();
                    await().atMost(ONE_MINUTE)
                            .ignoreException(IllegalStateException.class)
                            .untilAsserted(() -> {
                                request(server + route.path(key.getAndIncrement() % NODES));
                                assertThat(hasRow(
                                                database, statements.read(route.sqlMarker(), route.parameters(today))))
                                        .as(route.label())
                                        .isTrue();
                            });
                }
            }
        }
    }

    /** Runs the statement for existing nodes, in the place of pgbench. */
    private static boolean hasRow(LocalDatabase database, String sql) throws SQLException {
        String statement = VARIABLE.matcher(sql)
                .replaceAll(found -> "'" + (ApiDataGenerator.FIRST_NODE + number(found.group(1))) + "'");
        try (Connection connection = DriverManager.getConnection(
                        database.jdbcUrl(ApiDataGenerator.DATABASE), LocalDatabase.USERNAME, "");
                Statement prepared = connection.createStatement();
                ResultSet rows = prepared.executeQuery(statement)) {
            return rows.next();
        }
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
