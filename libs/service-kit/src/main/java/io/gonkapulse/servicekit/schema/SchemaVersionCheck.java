package io.gonkapulse.servicekit.schema;

import static io.gonkapulse.servicekit.schema.SchemaCheckResult.SchemaStatus.OK;
import static io.gonkapulse.servicekit.schema.SchemaCheckResult.SchemaStatus.REFUSED;
import static io.gonkapulse.servicekit.schema.SchemaCheckResult.SchemaStatus.TOO_NEW;
import static io.gonkapulse.servicekit.schema.SchemaCheckResult.SchemaStatus.TOO_OLD;
import static io.gonkapulse.servicekit.schema.SchemaCheckResult.SchemaStatus.UNREACHABLE;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Reads the version of the schema of a module. The reader and writer group roles may read it. */
public final class SchemaVersionCheck {

    /** An undone migration has a newer row of type DELETE. */
    private static final String VERSION = """
            select coalesce(max(version::integer), 0)
              from (select distinct on (version) version, type, success
                      from %s.flyway_schema_history
                     where version ~ '^[0-9]{1,9}$'
                     order by version, installed_rank desc) newest
             where success
               and type <> 'DELETE'
            """;

    /** SQLSTATE of a missing table: the database was never migrated. */
    private static final String NO_SUCH_TABLE = "42P01";
    /** SQLSTATE class of invalid authorization. */
    private static final String LOGIN_REFUSED = "28";

    private static final int MAX_CAUSES = 20;
    /** A lock on the history table must not block the caller. */
    private static final int TIMEOUT_SECONDS = 5;

    private final DataSource database;
    private final SchemaVersionRange range;

    public SchemaVersionCheck(DataSource database, SchemaVersionRange range) {
        this.database = database;
        this.range = range;
    }

    /** Checks the database now. Never throws: an unknown version is a result, too. */
    public SchemaCheckResult check() {
        try (Connection connection = database.getConnection()) {
            return evaluate(readVersion(connection));
        } catch (SQLException e) {
            return NO_SUCH_TABLE.equals(e.getSQLState())
                    ? evaluate(0)
                    : new SchemaCheckResult(
                            isLoginRefused(e) ? REFUSED : UNREACHABLE,
                            0,
                            "The schema's version cannot be read: " + describe(e));
        }
    }

    private static boolean isLoginRefused(SQLException failure) {
        return Stream.iterate((Throwable) failure, cause -> cause != null, Throwable::getCause)
                .limit(MAX_CAUSES)
                .anyMatch(cause -> cause instanceof SQLException known
                        && known.getSQLState() != null
                        && known.getSQLState().startsWith(LOGIN_REFUSED));
    }

    private int readVersion(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            ResultSet rows = statement.executeQuery(VERSION.formatted(range.schema()));
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    private SchemaCheckResult evaluate(int version) {
        if (version < range.required()) {
            return new SchemaCheckResult(
                    TOO_OLD,
                    version,
                    "The schema is at version " + version + ", " + range.required() + " is needed: "
                            + range.migrationCommand());
        }
        if (version > range.newestKnown()) {
            return new SchemaCheckResult(
                    TOO_NEW,
                    version,
                    "The schema is at version " + version + ", this program knows it up to " + range.newestKnown()
                            + ": run a newer one");
        }
        return new SchemaCheckResult(OK, version, "The schema is at version " + version);
    }

    /** A connection pool only reports a timeout; the reason is the root cause. */
    private static String describe(SQLException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.equals(failure) ? firstLine(failure) : firstLine(failure) + ": " + firstLine(root);
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .strip();
    }
}
