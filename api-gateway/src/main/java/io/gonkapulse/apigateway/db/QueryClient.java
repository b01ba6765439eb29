package io.gonkapulse.apigateway.db;

import io.gonkapulse.apigateway.config.GatewayProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Gives each route a client whose statements end in time, and leaves sessions to the short ones: so that a slow one costs
 * itself and not the pool.
 */
@Component
public class QueryClient {

    private static final int SESSIONS_FOR_LOOKUPS = 2;
    /** As for a session of the pool. */
    private static final long PERMIT_TIMEOUT_MILLIS = 1_000;

    private final DataSource dataSource;
    private final int maxLookupStatements;
    private final Semaphore rangePermits;

    QueryClient(DataSource dataSource, GatewayProperties properties, DataSourcePoolMetadataProvider pools) {
        this.dataSource = dataSource;
        this.maxLookupStatements = properties.maxLookupStatements();
        this.rangePermits = new Semaphore(Math.max(1, maxSessions(pools, dataSource) - SESSIONS_FOR_LOOKUPS), true);
    }

    private static int maxSessions(DataSourcePoolMetadataProvider pools, DataSource dataSource) {
        DataSourcePoolMetadata pool = Objects.requireNonNull(pools.getDataSourcePoolMetadata(dataSource));
        return Objects.requireNonNull(pool.getMax());
    }

    /** Look-ups of one route: few statements, so that sessions are left for the others. */
    public <Q, A> QueryBatcher<Q, A> createBatcher(
            BiPredicate<Q, Q> compatible, Function<List<Q>, Map<Q, A>> statement) {
        return new QueryBatcher<>(maxLookupStatements, compatible, statement);
    }

    /** A statement that may take long. However many are asked for, two sessions are left. */
    public <T> T runRangeQuery(Supplier<T> statement) {
        if (!acquirePermit()) {
            throw new DataAccessResourceFailureException("As many statements about ranges as may be are under way");
        }
        try {
            return statement.get();
        } finally {
            rangePermits.release();
        }
    }

    private boolean acquirePermit() {
        try {
            return rangePermits.tryAcquire(PERMIT_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public JdbcClient createJdbcClient(Duration timeout) {
        JdbcTemplate template = new JdbcTemplate(dataSource);
        template.setQueryTimeout(Math.toIntExact(timeout.toSeconds()));
        return JdbcClient.create(template);
    }
}
