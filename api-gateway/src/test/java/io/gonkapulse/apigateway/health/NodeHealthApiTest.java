package io.gonkapulse.apigateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeHealthApiTest {

    private static final Instant NOW = Instant.parse("2026-03-10T23:59:00Z");

    private final SteppedClock clock = SteppedClock.at(NOW);
    private final GatewayTestData data;
    private final TestGateway gateway;

    NodeHealthApiTest(TestDatabase database) {
        data = GatewayTestData.in(database);
        gateway = TestGateway.start(database, clock);
    }

    @BeforeEach
    void resetClock() {
        clock.setTo(NOW);
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void returnsHoursAndIntervalsOfRange() {
        UUID id = data.insertNode("gonka1a");
        data.insertHealth(id, Instant.parse("2026-03-08T23:00:00Z"), 1, 0, 0);
        data.insertHealth(id, Instant.parse("2026-03-09T00:00:00Z"), 0b111, 0b010, 0b100);
        data.insertHealth(id, Instant.parse("2026-03-10T23:00:00Z"), 1L << 59, 0, 0);
        data.insertHealth(id, Instant.parse("2026-03-11T00:00:00Z"), 1, 0, 0);

        assertThat(gateway.get("/api/v1/nodes/gonka1a/health?from=2026-03-09"))
                .hasToString("{\"identifier\":\"gonka1a\",\"from\":\"2026-03-09\",\"to\":\"2026-03-10\","
                        + "\"hours\":[{\"hour\":\"2026-03-09T00:00:00Z\",\"seenMinutes\":3,\"healthyMinutes\":1,"
                        + "\"unhealthyMinutes\":1,\"jailedMinutes\":1},{\"hour\":\"2026-03-10T23:00:00Z\","
                        + "\"seenMinutes\":1,\"healthyMinutes\":1,\"unhealthyMinutes\":0,\"jailedMinutes\":0}],"
                        + "\"intervals\":[{\"state\":\"healthy\",\"from\":\"2026-03-09T00:00:00Z\","
                        + "\"to\":\"2026-03-09T00:01:00Z\"},{\"state\":\"unhealthy\",\"from\":\"2026-03-09T00:01:00Z\","
                        + "\"to\":\"2026-03-09T00:02:00Z\"},{\"state\":\"jailed\",\"from\":\"2026-03-09T00:02:00Z\","
                        + "\"to\":\"2026-03-09T00:03:00Z\"},{\"state\":\"healthy\",\"from\":\"2026-03-10T23:59:00Z\","
                        + "\"to\":\"2026-03-11T00:00:00Z\"}]}");
    }

    @Test
    void etagChangesWithDefaultRange() {
        data.insertNode("gonka1b");
        String route = "/api/v1/nodes/gonka1b/health";
        String tag = gateway.send("GET", route).headers().firstValue("ETag").orElseThrow();
        assertThat(gateway.send("GET", route, "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        clock.advance(Duration.ofMinutes(2));
        HttpResponse<String> nextDay = gateway.send("GET", route, "If-None-Match", tag);

        assertThat(nextDay.statusCode()).isEqualTo(200);
        assertThat(nextDay.body()).contains("\"from\":\"2026-02-10\",\"to\":\"2026-03-11\"");
    }
}
