package io.gonkapulse.apigateway.database;

import io.gonkapulse.apigateway.settings.GatewayProperties;
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
public class Database {

    private static final int LEFT_FOR_LOOK_UPS = 2;
    /** As for a session of the pool. */
    private static final long PATIENCE_MILLIS = 1_000;

    private final DataSource dataSource;
    private final int lookupsAtOnce;
    private final Semaphore ranges;

    Database(DataSource dataSource, GatewayProperties properties, DataSourcePoolMetadataProvider pools) {
        this.dataSource = dataSource;
        this.lookupsAtOnce = properties.lookupsAtOnce();
        this.ranges = new Semaphore(Math.max(1, sessions(pools, dataSource) - LEFT_FOR_LOOK_UPS), true);
    }

    private static int sessions(DataSourcePoolMetadataProvider pools, DataSource dataSource) {
        DataSourcePoolMetadata pool = Objects.requireNonNull(pools.getDataSourcePoolMetadata(dataSource));
        return Objects.requireNonNull(pool.getMax());
    }

    /** Look-ups of one route: few statements, so that sessions are left for the others. */
    public <Q, A> Together<Q, A> together(BiPredicate<Q, Q> alike, Function<List<Q>, Map<Q, A>> statement) {
        return new Together<>(lookupsAtOnce, alike, statement);
    }

    /** A statement that may take long. However many are asked for, two sessions are left. */
    public <T> T range(Supplier<T> statement) {
        if (!mayBegin()) {
            throw new DataAccessResourceFailureException("As many statements about ranges as may be are under way");
        }
        try {
            return statement.get();
        } finally {
            ranges.release();
        }
    }

    private boolean mayBegin() {
        try {
            return ranges.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public JdbcClient client(Duration timeout) {
        JdbcTemplate template = new JdbcTemplate(dataSource);
        template.setQueryTimeout(Math.toIntExact(timeout.toSeconds()));
        return JdbcClient.create(template);
    }
}
