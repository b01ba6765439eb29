package io.gonkapulse.apigateway.jobs;

import com.github.benmanes.caffeine.cache.Ticker;
import io.gonkapulse.apigateway.core.KeyRight;
import io.gonkapulse.apigateway.http.ApiException;
import io.gonkapulse.apigateway.http.ProblemCode;
import io.gonkapulse.apigateway.security.keys.RequestKeyContext;
import io.gonkapulse.apigateway.security.keys.RequestRightsContext;
import io.gonkapulse.servicekit.schema.SchemaCheckResult;
import io.gonkapulse.servicekit.schema.SchemaCheckResult.SchemaStatus;
import io.gonkapulse.servicekit.schema.SchemaVersionCheck;
import io.gonkapulse.servicekit.schema.SchemaVersionRange;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses requests for jobs without the right {@link KeyRight#JOBS}, and while schema {@code audit} is absent or too old.
 * The schema is optional: the other routes and readiness do not depend on it.
 */
@Component
class JobAccessInterceptor implements HandlerInterceptor, WebMvcConfigurer {

    static final SchemaVersionRange SUPPORTED_SCHEMA = new SchemaVersionRange("audit", 8, 8);

    private static final Logger LOG = LoggerFactory.getLogger(JobAccessInterceptor.class);

    private static final String HOW_TO_GET_KEY = "Jobs need an API key with the right \"jobs\", in X-Api-Key. "
            + "The operator of this gateway creates one: api-gateway keys create NAME --rights jobs";

    /** Before the check of parameters, so that a client without the right learns nothing else. */
    private static final int BEFORE_PARAMETERS = -1;

    private static final long VALID_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int RETRY_SECONDS = 30;

    private final SchemaVersionCheck schema;
    private final Ticker ticker;
    private volatile SchemaReading newest = new SchemaReading(false, 0);

    JobAccessInterceptor(DataSource dataSource, Ticker ticker) {
        this.schema = new SchemaVersionCheck(dataSource, SUPPORTED_SCHEMA);
        this.ticker = ticker;
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors
                .addInterceptor(this)
                .addPathPatterns("/api/v1/jobs", "/api/v1/jobs/**")
                .order(BEFORE_PARAMETERS);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod && !request.getMethod().equals("OPTIONS")) {
            requireRight(request);
            requireSchema();
        }
        return true;
    }

    private static void requireRight(HttpServletRequest request) {
        if (!RequestRightsContext.has(request, KeyRight.JOBS)) {
            throw RequestKeyContext.find(request).isEmpty()
                    ? ApiException.keyRequired(HOW_TO_GET_KEY)
                    : ApiException.rightRequired("The key lacks the right \"jobs\". " + HOW_TO_GET_KEY);
        }
    }

    /** A schema that is present is checked once a minute; an absent one each time, so that a migration has effect. */
    private void requireSchema() {
        SchemaReading latest = newest;
        if (latest.present && ticker.read() - latest.readNanos < VALID_NANOS) {
            return;
        }
        SchemaCheckResult result = schema.check();
        switch (result.status()) {
            case OK, TOO_NEW -> newest = new SchemaReading(true, ticker.read());
            case TOO_OLD -> throw refuse(result);
            case UNREACHABLE, REFUSED -> {
                if (!result.hasStatus(SchemaStatus.REFUSED) && latest.present) {
                    // The statement of the request finds out whether the database is back.
                    return;
                }
                LOG.warn("No jobs: {}", result.reason());
                throw ApiException.retryLater(
                        ProblemCode.DATABASE_UNAVAILABLE,
                        "The schema of jobs cannot be read; the log has the reason",
                        RETRY_SECONDS);
            }
        }
    }

    private static ApiException refuse(SchemaCheckResult result) {
        return ApiException.retryLater(
                ProblemCode.MIGRATION_REQUIRED,
                "Jobs need version " + SUPPORTED_SCHEMA.required() + " of schema audit, it has " + result.version()
                        + ". Run migrations --module audit",
                RETRY_SECONDS);
    }

    /** Whether the schema was present. */
    private record SchemaReading(boolean present, long readNanos) {}
}
