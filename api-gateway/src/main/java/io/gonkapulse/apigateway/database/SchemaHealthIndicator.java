package io.gonkapulse.apigateway.database;

import io.gonkapulse.apigateway.settings.GatewayProperties;
import io.gonkapulse.servicekit.meters.Meter;
import io.gonkapulse.servicekit.schema.SchemaLook;
import io.gonkapulse.servicekit.schema.SchemaRange;
import io.gonkapulse.servicekit.schema.SchemaState;
import io.gonkapulse.servicekit.schema.SchemaVerdict;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Ready means: the database answers, and its schema is one that this program knows. */
@Component("schemaHealthIndicator")
class SchemaHealthIndicator implements HealthIndicator {

    static final SchemaRange RANGE = new SchemaRange(15, 16);

    private final SchemaLook look;
    private final boolean acceptNewer;

    SchemaHealthIndicator(DataSource dataSource, GatewayProperties properties, MeterRegistry meters) {
        this.look = new SchemaLook(dataSource, RANGE);
        this.acceptNewer = properties.acceptNewerSchema();
        Gauge.builder(Meter.SCHEMA_BEHIND.id(), look, look -> look.look().behind())
                .register(meters);
    }

    @Override
    public Health health() {
        SchemaState state = look.look();
        boolean ready = state.is(SchemaVerdict.OK) || (acceptNewer && state.is(SchemaVerdict.TOO_NEW));
        return (ready ? Health.up() : Health.outOfService())
                .withDetail(
                        "reason", state.is(SchemaVerdict.UNREACHABLE) ? "The database does not answer" : state.reason())
                .build();
    }
}
