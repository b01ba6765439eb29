package io.gonkapulse.jobrecorder.merge;

import static java.util.stream.Collectors.joining;

import io.gonkapulse.workercore.sql.ArrayParameters;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Merges rows into a table in one statement. A row that changes nothing is not written. */
final class MergeStatement<T> {

    private final List<Column<T>> columns;
    private final String sql;

    /**
     * A statement for one table.
     *
     * @param keys the columns of the primary key, of which {@code job_id} is the first
     * @param condition on {@code kept}, without which a row stays as it is
     */
    MergeStatement(String table, List<Column<T>> keys, List<Column<T>> others, String condition) {
        this.columns = Stream.concat(keys.stream(), others.stream()).toList();
        String keyNames = names(keys.stream());
        this.sql = """
                insert into %s as kept (%s)
                select %s
                  from unnest(%s) as incoming (%s)
                 order by %s
                    on conflict (%s) do update
                   set %s
                 where %s
                   and (%s) is distinct from (%s)
                returning job_id
                """.formatted(
                table,
                names(columns.stream()),
                columns.stream().map(Column::selected).collect(joining(", ")),
                String.join(", ", Collections.nCopies(columns.size(), "?")),
                names(columns.stream()),
                IntStream.rangeClosed(1, keys.size()).mapToObj(String::valueOf).collect(joining(", ")),
                keyNames,
                others.stream()
                        .filter(column -> !column.rule().equals(MergeRule.CONSTANT))
                        .map(column -> column.name() + " = " + column.rule().of(column.name()))
                        .collect(joining(",\n       ")),
                condition,
                deciding(others).map(column -> column.rule().of(column.name())).collect(joining(",\n        ")),
                deciding(others).map(column -> "kept." + column.name()).collect(joining(", ")));
    }

    private static <T> Stream<Column<T>> deciding(List<Column<T>> columns) {
        return columns.stream().filter(column -> column.rule().decides());
    }

    private static <T> String names(Stream<Column<T>> columns) {
        return columns.map(Column::name).collect(joining(", "));
    }

    /** Returns the jobs of which a row was written. */
    Set<UUID> execute(Connection connection, Collection<T> rows) throws SQLException {
        Set<UUID> changed = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            ArrayParameters<T> parameters = new ArrayParameters<>(connection, statement, rows);
            for (Column<T> column : columns) {
                parameters.add(column.elementType(), column.value());
            }
            try (ResultSet written = statement.executeQuery()) {
                while (written.next()) {
                    changed.add(written.getObject(1, UUID.class));
                }
            }
        }
        return changed;
    }

    /**
     * A column and where its value comes from.
     *
     * @param type as PostgreSQL names it
     */
    record Column<T>(String name, String type, MergeRule rule, Function<T, ? extends @Nullable Object> value) {

        private static final String CLAIM = "job_claim";

        /** An array of rows would become several columns, so rows travel as text. */
        private String elementType() {
            return type.equals(CLAIM) ? "text" : type;
        }

        private String selected() {
            return type.equals(CLAIM) ? name + "::" + CLAIM : name;
        }
    }
}
