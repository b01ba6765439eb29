package io.gonkapulse.apigateway.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A database without the schema of jobs, or with an older one. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobSchemaTest {

    private final GatewayTestData data;
    private final TestGateway gateway;

    JobSchemaTest(TestDatabase database) {
        data = GatewayTestData.in(database);
        gateway = TestGateway.start(
                database, SteppedClock.at(Instant.parse("2026-03-10T12:00:00Z")), "--gateway.public=jobs");
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void absentSchemaIsNamed() {
        data.run("drop schema if exists audit cascade");

        HttpResponse<String> response = gateway.send("GET", "/api/v1/jobs");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(response.body())
                .contains(
                        "\"code\":\"migration_required\"",
                        "Jobs need version 8 of schema audit, it has 0. Run migrations --module audit");
    }

    @Test
    void olderSchemaIsNamed() {
        data.run("drop schema if exists audit cascade");
        data.run("create schema audit");
        data.run("create table audit.flyway_schema_history as select * from public.flyway_schema_history "
                + "where version::integer <= 7");
        data.run("grant usage on schema audit to gonkapulse_reader");
        data.run("grant select on audit.flyway_schema_history to gonkapulse_reader");

        assertThat(gateway.send("GET", "/api/v1/jobs/metrics").body())
                .contains("Jobs need version 8 of schema audit, it has 7. Run migrations --module audit");
    }

    @Test
    void missingRightsAreUnavailable() {
        data.run("drop schema if exists audit cascade");
        data.run("create schema audit");

        HttpResponse<String> response = gateway.send("GET", "/api/v1/jobs");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("\"code\":\"database_unavailable\"");
    }

    @Test
    void otherRoutesNeedNoJobs() {
        data.run("drop schema if exists audit cascade");

        assertThat(gateway.get("/api/v1/nodes").get("total").asLong()).isZero();
        assertThat(gateway.get("/actuator/health/readiness").get("status").asString())
                .isEqualTo("UP");
    }
}
