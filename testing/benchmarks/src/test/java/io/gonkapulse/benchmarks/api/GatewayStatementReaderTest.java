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
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class GatewayStatementReaderTest {

    @Test
    void findsStatementOfEachRoute(@TempDir Path home) throws Exception {
        ForkClassPath.prepare();
        try (LocalDatabase database =
                LocalDatabase.fast(home.resolve("postgres"), 0).start()) {
            new ApiDataGenerator(database, 20).createIfMissing();
            GatewayStatementReader statements = new GatewayStatementReader(database);
            LocalDate today = LocalDate.ofInstant(InstantSource.system().instant(), ZoneOffset.UTC);
            try (ForkedProcess gateway = ApiSuite.startGateway(database)) {
                String server = "http://127.0.0.1:" + gateway.nextReport();
                for (MeasuredRoute route : MeasuredRoute.values()) {
                    // The session that ran the statement may have run another one since.
                    await().atMost(ONE_MINUTE)
                            .ignoreException(IllegalStateException.class)
                            .untilAsserted(() -> {
                                request(server + route.path(1));
                                assertThat(statements.read(route.sqlMarker(), route.parameters(today)))
                                        .as(route.label())
                                        .containsPattern(":id\\b");
                            });
                }
            }
        }
    }

    private static void request(String address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }
}
