package io.gonkapulse.apigateway.core;

import io.gonkapulse.servicekit.observability.PulseMeter;
import io.gonkapulse.servicekit.schema.SchemaCheckResult;
import io.gonkapulse.servicekit.schema.SchemaCheckResult.SchemaStatus;
import io.gonkapulse.servicekit.schema.SchemaVersionCheck;
import io.gonkapulse.servicekit.schema.SchemaVersionRange;
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

/** Reports readiness: the database is reachable, and this release supports the version of its schema. */
@Component("schemaHealthIndicator")
class SchemaHealthIndicator implements HealthIndicator {

    static final SchemaVersionRange SUPPORTED_SCHEMA = new SchemaVersionRange(22, 22);

    private static final Logger LOG = LoggerFactory.getLogger(SchemaHealthIndicator.class);

    private final AtomicReference<@Nullable SchemaStatus> lastLogged = new AtomicReference<>();
    private final SchemaVersionCheck schemaReader;
    private final boolean acceptNewer;

    SchemaHealthIndicator(DataSource dataSource, GatewayProperties properties, MeterRegistry meters) {
        this.schemaReader = new SchemaVersionCheck(dataSource, SUPPORTED_SCHEMA);
        this.acceptNewer = properties.acceptNewerSchema();
        Gauge.builder(
                        PulseMeter.SCHEMA_BEHIND.id(),
                        schemaReader,
                        look -> look.check().behindValue())
                .register(meters);
    }

    /** Checks once at startup on a thread of its own, so that a missing database does not delay the start. */
    @EventListener
    void checkAtStart(ApplicationReadyEvent event) {
        Thread check = new Thread(this::check, "schema-check");
        check.setDaemon(true);
        check.start();
    }

    @Override
    public Health health() {
        SchemaCheckResult state = check();
        return (isReady(state) ? Health.up() : Health.outOfService())
                .withDetail("reason", reason(state))
                .build();
    }

    private SchemaCheckResult check() {
        SchemaCheckResult state = schemaReader.check();
        if (lastLogged.getAndSet(state.status()) != state.status()) {
            if (isReady(state)) {
                LOG.info("{}", state.reason());
            } else {
                LOG.warn("Not ready: {}", state.reason());
            }
        }
        return state;
    }

    private boolean isReady(SchemaCheckResult state) {
        return state.hasStatus(SchemaStatus.OK) || (acceptNewer && state.hasStatus(SchemaStatus.TOO_NEW));
    }

    /** The reason without user and host, because readiness is public. The log has the details. */
    private static String reason(SchemaCheckResult state) {
        return switch (state.status()) {
            case UNREACHABLE -> "The database is not reachable; the log has the reason";
            case REFUSED -> "The database refuses the login: authentication failed; the log has the user";
            case TOO_OLD, OK, TOO_NEW -> state.reason();
        };
    }
}
