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
import org.springframework.jdbc.core.simple.JdbcClient;

@RealInfrastructure
class SchemaReadinessTest {

    @Test
    void followsSchemaVersion(TestDatabase database) {
        SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-10T12:00:00Z"));
        try (TestGateway gateway = TestGateway.start(database, clock)) {
            HttpResponse<String> empty = gateway.send("GET", "/actuator/health/readiness");
            assertThat(empty.statusCode()).isEqualTo(503);
            assertThat(empty.body()).containsPattern("The schema is at version 0, [1-9]\\d* is needed: run migrations");
            assertThat(gateway.send("GET", "/api/v1/network").statusCode()).isEqualTo(503);

            GatewayTestData.migrate(database);
            assertThat(gateway.send("GET", "/actuator/health/readiness").statusCode())
                    .isEqualTo(200);

            JdbcClient.create(database.dataSource())
                    .sql("insert into flyway_schema_history select 999, '999', 'x', 'SQL', 'x', 0, 'x', now(), 0, true")
                    .update();
            HttpResponse<String> newer = gateway.send("GET", "/actuator/health/readiness");
            assertThat(newer.statusCode()).isEqualTo(503);
            assertThat(newer.body()).contains("The schema is at version 999");
        }
    }
}
