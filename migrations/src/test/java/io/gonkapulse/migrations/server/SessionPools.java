package io.gonkapulse.migrations.server;

import io.gonkapulse.testkit.junit.PooledDataSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import javax.sql.DataSource;

/** The sessions of the databases that a test has used last: a server has hundreds of databases, and few sessions. */
final class SessionPools {

    private static final int MAX_POOLS = 10;

    private static final Map<PostgresDatabase, PooledDataSource> POOLS = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Entry<PostgresDatabase, PooledDataSource> eldest) {
            if (size() <= MAX_POOLS) {
                return false;
            }
            eldest.getValue().close();
            return true;
        }
    };

    private SessionPools() {}

    static synchronized void close(PostgresDatabase database) {
        PooledDataSource pool = POOLS.remove(database);
        if (pool != null) {
            pool.close();
        }
    }

    static synchronized DataSource of(PostgresDatabase database) {
        return POOLS.computeIfAbsent(database, key -> new PooledDataSource(key.jdbcUrl(), key.user(), ""));
    }
}
