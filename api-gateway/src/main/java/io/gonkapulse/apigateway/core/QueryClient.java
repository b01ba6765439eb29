package io.gonkapulse.apigateway.core;

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
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Runs queries with a timeout, and reserves pool connections for short queries. So slow range queries delay only each
 * other.
 */
@Component
public class QueryClient {

    private static final int SESSIONS_FOR_LOOKUPS = 2;
    /** The same as the pool's own connection timeout. */
    private static final long PERMIT_TIMEOUT_MILLIS = 1_000;

    private final DataSource dataSource;
    private final int maxLookupStatements;
    private final Semaphore rangePermits;
    private final Semaphore lookupPermits;

    QueryClient(DataSource dataSource, GatewayProperties properties, DataSourcePoolMetadataProvider pools) {
        this.dataSource = dataSource;
        this.maxLookupStatements = properties.maxLookupStatements();
        int permits = Math.max(1, maxSessions(pools, dataSource) - SESSIONS_FOR_LOOKUPS);
        this.rangePermits = new Semaphore(permits, true);
        this.lookupPermits = new Semaphore(permits, true);
    }

    private static int maxSessions(DataSourcePoolMetadataProvider pools, DataSource dataSource) {
        DataSourcePoolMetadata pool = Objects.requireNonNull(pools.getDataSourcePoolMetadata(dataSource));
        return Objects.requireNonNull(pool.getMax());
    }

    /**
     * Creates a batcher for the look-ups of one route. It uses few connections at a time, so that the other routes find
     * some.
     *
     * @param compatible whether one statement can run both queries
     * @param statement runs a batch of queries; a query without a result is missing in the map
     */
    public <Q, A> QueryBatcher<Q, A> createBatcher(
            BiPredicate<Q, Q> compatible, Function<List<Q>, Map<Q, A>> statement) {
        return new QueryBatcher<>(maxLookupStatements, compatible, statement);
    }

    /** Runs a query that may be slow. At least two connections of the pool stay free for look-ups. */
    public <T> T runRangeQuery(Supplier<T> statement) {
        return runWithPermit(rangePermits, "range queries", statement);
    }

    /**
     * Runs a look-up that is not batched. Threads that wait for a permit cost less processor time than threads that wait
     * for a connection.
     */
    public <T> T runLookup(Supplier<T> statement) {
        return runWithPermit(lookupPermits, "look-ups", statement);
    }

    private static <T> T runWithPermit(Semaphore permits, String queries, Supplier<T> statement) {
        if (!acquire(permits)) {
            throw new DataAccessResourceFailureException(
                    "All permits for " + queries + " are in use; none was released within a second");
        }
        try {
            return statement.get();
        } finally {
            permits.release();
        }
    }

    private static boolean acquire(Semaphore permits) {
        try {
            return permits.tryAcquire(PERMIT_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public JdbcClient createJdbcClient(Duration timeout) {
        return JdbcClient.create(createTemplate(timeout));
    }

    /** Creates a template for what a {@link JdbcClient} cannot do. */
    public NamedParameterJdbcTemplate createTemplate(Duration timeout) {
        JdbcTemplate template = new JdbcTemplate(dataSource);
        template.setQueryTimeout(Math.toIntExact(timeout.toSeconds()));
        return new NamedParameterJdbcTemplate(template);
    }
}
