package io.gonkapulse.jobrecorder.merge;

import static java.util.stream.Collectors.joining;

import io.gonkapulse.workercore.sql.BinaryCopyWriter;
import io.gonkapulse.workercore.sql.BinaryCopyWriter.CopiedColumn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Merges rows into a table in one statement. A row that changes nothing is not written. */
final class MergeStatement<T> {

    private final List<String> prepare;
    private final BinaryCopyWriter<T> copy;
    private final String merge;

    /**
     * A statement for one table.
     *
     * @param keys the columns of the primary key, of which {@code job_id} is the first
     * @param condition on {@code kept}, without which a row stays as it is
     */
    MergeStatement(String table, List<Column<T>> keys, List<Column<T>> others, String condition) {
        List<Column<T>> columns = Stream.concat(keys.stream(), others.stream()).toList();
        String incoming = "incoming_" + table;
        this.prepare = List.of(
                "create temporary table if not exists %s (%s) on commit delete rows"
                        .formatted(
                                incoming,
                                columns.stream()
                                        .map(column -> column.name() + " " + column.type())
                                        .collect(joining(", "))),
                // Rows of another batch of the same transaction.
                "delete from " + incoming);
        this.copy = new BinaryCopyWriter<>(
                incoming,
                columns.stream()
                        .map(column -> new CopiedColumn<>(column.name(), column.type(), column.value()))
                        .toList());
        this.merge = """
                insert into %1$s as kept (%2$s)
                select %2$s
                  from %3$s
                    on conflict (%4$s) do update
                   set %5$s
                 where %6$s
                   and (%7$s) is distinct from (%8$s)
                returning job_id
                """.formatted(
                table,
                names(columns.stream()),
                incoming,
                names(keys.stream()),
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

    /**
     * Returns the jobs of which a row was written. Give the rows in the order of the key: they are merged nearly in the
     * order in which they were copied, so two transactions seldom wait for each other.
     */
    Set<UUID> execute(Connection connection, Collection<T> rows) throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalStateException("Expected a transaction");
        }
        try (Statement statement = connection.createStatement()) {
            for (String sql : prepare) {
                statement.execute(sql);
            }
        }
        copy.write(connection, rows);
        Set<UUID> changed = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(merge);
                ResultSet written = statement.executeQuery()) {
            while (written.next()) {
                changed.add(written.getObject(1, UUID.class));
            }
        }
        return changed;
    }

    /**
     * A column and where its value comes from.
     *
     * @param type as PostgreSQL names it
     */
    record Column<T>(String name, String type, MergeRule rule, Function<T, ? extends @Nullable Object> value) {}
}
