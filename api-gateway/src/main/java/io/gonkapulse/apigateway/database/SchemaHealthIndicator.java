package io.gonkapulse.apigateway.database;

import io.gonkapulse.apigateway.settings.GatewayProperties;
import io.gonkapulse.servicekit.meters.Meter;
import io.gonkapulse.servicekit.schema.SchemaLook;
import io.gonkapulse.servicekit.schema.SchemaRange;
import io.gonkapulse.servicekit.schema.SchemaState;
import io.gonkapulse.servicekit.schema.SchemaVerdict;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Ready means: the database answers, and its schema is one that this program knows. */
@Component("schemaHealthIndicator")
class SchemaHealthIndicator implements HealthIndicator {

    static final SchemaRange RANGE = new SchemaRange(17, 19);

    private static final Logger LOG = LoggerFactory.getLogger(SchemaHealthIndicator.class);

    private final AtomicReference<@Nullable SchemaVerdict> logged = new AtomicReference<>();
    private final SchemaLook look;
    private final boolean acceptNewer;

    SchemaHealthIndicator(DataSource dataSource, GatewayProperties properties, MeterRegistry meters) {
        this.look = new SchemaLook(dataSource, RANGE);
        this.acceptNewer = properties.acceptNewerSchema();
        Gauge.builder(Meter.SCHEMA_BEHIND.id(), look, look -> look.look().behind())
                .register(meters);
    }

    /** Beside the start: a database that is away is no reason to wait. */
    @EventListener
    void checkAtStart(ApplicationReadyEvent event) {
        Thread check = new Thread(this::check, "schema-check");
        check.setDaemon(true);
        check.start();
    }

    @Override
    public Health health() {
        SchemaState state = check();
        return (isReady(state) ? Health.up() : Health.outOfService())
                .withDetail("reason", reason(state))
                .build();
    }

    private SchemaState check() {
        SchemaState state = look.look();
        if (logged.getAndSet(state.verdict()) != state.verdict()) {
            if (isReady(state)) {
                LOG.info("{}", state.reason());
            } else {
                LOG.warn("Not ready: {}", state.reason());
            }
        }
        return state;
    }

    private boolean isReady(SchemaState state) {
        return state.is(SchemaVerdict.OK) || (acceptNewer && state.is(SchemaVerdict.TOO_NEW));
    }

    /** Readiness may be seen from outside, so it names neither the login nor the host; the log does. */
    private static String reason(SchemaState state) {
        return switch (state.verdict()) {
            case UNREACHABLE -> "The database does not answer; the log says why";
            case REFUSED -> "The database refuses the login: authentication failed; the log names the user";
            case TOO_OLD, OK, TOO_NEW -> state.reason();
        };
    }
}
