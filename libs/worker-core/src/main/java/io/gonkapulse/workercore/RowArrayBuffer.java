package io.gonkapulse.workercore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Buffers rows as one array parameter per column. The SQL and its plan stay the same for any number of rows. */
public final class RowArrayBuffer {

    private final String[] types;
    private final List<List<@Nullable Object>> columns = new ArrayList<>();

    /** @param types column types as PostgreSQL names them */
    public RowArrayBuffer(String... types) {
        this.types = types.clone();
        Arrays.stream(types).forEach(type -> columns.add(new ArrayList<>()));
    }

    public void add(@Nullable Object... row) {
        for (int i = 0; i < types.length; i++) {
            columns.get(i).add(row[i]);
        }
    }

    public boolean isEmpty() {
        return columns.get(0).isEmpty();
    }

    /** Binds the arrays from parameter {@code first} on and returns the number of the next one. */
    public int bind(Connection connection, PreparedStatement statement, int first) throws SQLException {
        for (int i = 0; i < types.length; i++) {
            statement.setArray(
                    first + i, connection.createArrayOf(types[i], columns.get(i).toArray()));
        }
        return first + types.length;
    }
}
