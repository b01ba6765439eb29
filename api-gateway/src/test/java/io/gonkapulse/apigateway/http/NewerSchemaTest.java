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
import org.junit.jupiter.api.TestInstance;

/** The database has all migrations, and one of a newer release. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NewerSchemaTest {

    private final TestDatabase database;

    NewerSchemaTest(TestDatabase database) {
        this.database = database;
        GatewayTestData.in(database)
                .run("insert into flyway_schema_history select 999, '999', 'x', 'SQL', 'x', 0, 'x', now(), 0, true");
    }

    @Test
    void refusesNewerSchema() {
        HttpResponse<String> readiness = requestReadiness(false);

        assertThat(readiness.statusCode()).isEqualTo(503);
        assertThat(readiness.body()).contains("The schema is at version 999");
    }

    @Test
    void acceptsNewerSchemaIfConfigured() {
        assertThat(requestReadiness(true).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> requestReadiness(boolean acceptNewerSchema) {
        SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-10T12:00:00Z"));
        try (TestGateway gateway =
                TestGateway.start(database, clock, "--gateway.accept-newer-schema=" + acceptNewerSchema)) {
            return gateway.send("GET", "/actuator/health/readiness");
        }
    }
}
