package io.gonkapulse.apigateway.epochs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the newest epochs for event streams, as the objects of the other routes. */
public final class EpochStateReader {

    /** The running epoch, up to two that wait for settlement, and three whose rewards can be claimed or forfeited. */
    private static final int EPOCHS = 6;

    /** Returns no rows if the data have the version {@code :version}. PostgreSQL decides it before it reads a table. */
    public static final String FIND = "select * from (" + EpochRepository.LIST + """
            ) newest
             where cast(:version as text) is null
                or (select pg_current_snapshot()::text) is distinct from :version
             order by epoch
            """;

    private EpochStateReader() {}

    /** Returns the parameters of {@link #FIND}, without the version. */
    public static Map<String, Object> parameters() {
        return Map.of("first", 0L, "last", Long.MAX_VALUE, "pageLast", Long.MAX_VALUE, "limit", EPOCHS);
    }

    /** Maps a row of {@link #FIND}; null if there is no epoch. */
    public static @Nullable EpochState map(ResultSet row) throws SQLException {
        return row.getObject("epoch") == null
                ? null
                : new EpochState(row.getLong("epoch"), EpochRepository.mapEpoch(row));
    }

    /**
     * An epoch of a stream.
     *
     * @param item its JSON object
     */
    public record EpochState(long epoch, Object item) {}
}
