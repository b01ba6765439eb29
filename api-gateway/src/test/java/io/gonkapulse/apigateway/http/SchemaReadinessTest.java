package io.gonkapulse.apigateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.DedicatedDatabase;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@RealInfrastructure
class SchemaReadinessTest {

    private static final SteppedClock CLOCK = SteppedClock.at(Instant.parse("2026-03-10T12:00:00Z"));

    @Test
    void reportsUnsupportedSchema(DedicatedDatabase database) {
        try (TestGateway gateway = TestGateway.start(database, CLOCK)) {
            HttpResponse<String> empty = gateway.send("GET", "/actuator/health/readiness");
            assertThat(empty.statusCode()).isEqualTo(503);
            assertThat(empty.body()).contains("The schema is at version 0, 17 is needed: run migrations");
            assertThat(gateway.send("GET", "/api/v1/network").statusCode()).isEqualTo(503);

            GatewayTestData data = GatewayTestData.in(database);
            assertThat(gateway.send("GET", "/actuator/health/readiness").statusCode())
                    .isEqualTo(200);

            data.run("insert into flyway_schema_history select 999, '999', 'x', 'SQL', 'x', 0, 'x', now(), 0, true");
            HttpResponse<String> newer = gateway.send("GET", "/actuator/health/readiness");
            assertThat(newer.statusCode()).isEqualTo(503);
            assertThat(newer.body()).contains("The schema is at version 999");
            try (TestGateway daring = TestGateway.start(database, CLOCK, "--gateway.accept-newer-schema=true")) {
                assertThat(daring.send("GET", "/actuator/health/readiness").statusCode())
                        .isEqualTo(200);
            }
        }
    }
}
