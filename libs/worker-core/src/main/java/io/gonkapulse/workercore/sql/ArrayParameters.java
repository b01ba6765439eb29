package io.gonkapulse.workercore.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Binds rows as one array parameter per column. The SQL and its plan stay the same for any number of rows. Not
 * thread-safe.
 */
public final class ArrayParameters<T> {

    private static final HexFormat HEX = HexFormat.of();

    private final Connection connection;
    private final PreparedStatement statement;
    private final Collection<T> rows;
    private int next;

    public ArrayParameters(Connection connection, PreparedStatement statement, Collection<T> rows) {
        this(connection, statement, rows, 0);
    }

    /**
     * @param before number of parameters that precede the arrays in the statement
     */
    public ArrayParameters(Connection connection, PreparedStatement statement, Collection<T> rows, int before) {
        this.connection = connection;
        this.statement = statement;
        this.rows = rows;
        this.next = before + 1;
    }

    /**
     * Binds the next parameter.
     *
     * @param type type of the column as PostgreSQL names it
     */
    public ArrayParameters<T> add(String type, Function<T, ? extends @Nullable Object> column) throws SQLException {
        Object[] values = new Object[rows.size()];
        int i = 0;
        for (T row : rows) {
            values[i++] = toArrayElement(column.apply(row));
        }
        statement.setArray(next++, connection.createArrayOf(type, values));
        return this;
    }

    /** The driver writes array elements with toString; an Instant prints its zone that way. */
    private static @Nullable Object toArrayElement(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return "\\x" + HEX.formatHex(bytes);
        }
        return value instanceof Instant || value instanceof Boolean ? value.toString() : value;
    }
}
