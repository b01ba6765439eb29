package io.gonkapulse.benchmarks.api;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.regex.Pattern;
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
            LocalDate today = LocalDate.ofInstant(InstantSource.system().instant(), ZoneOffset.UTC);
            try (ForkedProcess gateway = ApiSuite.startGateway(database)) {
                String server = "http://127.0.0.1:" + gateway.nextReport();
                for (MeasuredRoute route : MeasuredRoute.values()) {
                    HttpRequest request = HttpRequest.newBuilder(URI.create(server + route.path(1)))
                            .build();
                    assertThat(HttpClient.newHttpClient()
                                    .send(request, BodyHandlers.discarding())
                                    .statusCode())
                            .isEqualTo(200);

                    String sql = new GatewayStatementReader(database).read(route.sqlMarker(), route.parameters(today));

                    assertThat(sql).as(route.label()).containsPattern(Pattern.compile(":id\\b"));
                }
            }
        }
    }
}
