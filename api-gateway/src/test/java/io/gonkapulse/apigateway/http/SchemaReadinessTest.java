package io.gonkapulse.apigateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@RealInfrastructure
class SchemaReadinessTest {

    @Test
    void becomesReadyAfterMigration(TestDatabase database) {
        SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-10T12:00:00Z"));
        try (TestGateway gateway = TestGateway.start(database, clock)) {
            HttpResponse<String> empty = gateway.send("GET", "/actuator/health/readiness");
            assertThat(empty.statusCode()).isEqualTo(503);
            assertThat(empty.body()).containsPattern("The schema is at version 0, [1-9]\\d* is needed: run migrations");
            assertThat(gateway.send("GET", "/api/v1/network").statusCode()).isEqualTo(503);

            GatewayTestData.migrate(database);
            assertThat(gateway.send("GET", "/actuator/health/readiness").statusCode())
                    .isEqualTo(200);
        }
    }
}
