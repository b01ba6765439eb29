package io.gonkapulse.benchmarks.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.benchmarks.harness.ForkClassPath;
import io.gonkapulse.benchmarks.harness.ForkedProcess;
import io.gonkapulse.localservers.LocalDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suite's jobs, and the gateway's statements on them. */
@Tag("process")
class JobApiSuiteTest {

    private static final int JOBS = 2_000;
    private static final int JOB = 1_234;

    @TempDir
    private Path home;

    @Test
    void findsRunnableStatements() throws SQLException {
        Path directory = home.resolve("postgres");
        ForkClassPath.prepare();
        try (LocalDatabase database = LocalDatabase.fast(directory, 0).start()) {
            new JobDataGenerator(database, JOBS).createIfMissing();
            try (ForkedProcess gateway =
                    ApiSuite.startGateway(database, "gateway.cache-ttl=0s", "gateway.public=jobs")) {
                String server = "http://127.0.0.1:" + gateway.nextReport();
                LoggedStatementReader statements =
                        new LoggedStatementReader(database, directory.resolve("postgres.log"));
                assertThat(request(server + MeasuredJobRoute.JOB.path(JOB)))
                        .contains("\"firstTime\":\"" + JobDataGenerator.timeOf(JOB) + '"', "\"name\":\"compute\"");
                for (MeasuredJobRoute route : MeasuredJobRoute.values()) {
                    String sql = statements.read(route.sqlMarker(), () -> request(server + route.path(JOB)));

                    assertThat(hasRow(database, sql)).as(route.label()).isTrue();
                }
            }
        }
    }

    private static boolean hasRow(LocalDatabase database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        database.jdbcUrl(ApiDataGenerator.DATABASE), LocalDatabase.USERNAME, "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next();
        }
    }

    private static String request(String address) {
        try {
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return response.body();
        } catch (IOException e) {
            throw new IllegalStateException("No response to " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
