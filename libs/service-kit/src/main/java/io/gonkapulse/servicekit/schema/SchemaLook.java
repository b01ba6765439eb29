package io.gonkapulse.servicekit.schema;

import static io.gonkapulse.servicekit.schema.SchemaVerdict.OK;
import static io.gonkapulse.servicekit.schema.SchemaVerdict.REFUSED;
import static io.gonkapulse.servicekit.schema.SchemaVerdict.TOO_NEW;
import static io.gonkapulse.servicekit.schema.SchemaVerdict.TOO_OLD;
import static io.gonkapulse.servicekit.schema.SchemaVerdict.UNREACHABLE;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Reads the version of the tracker schema. The group roles of readers and writers may do so. */
public final class SchemaLook {

    /** A step that was taken back has a newer row, of type DELETE. */
    private static final String VERSION = """
            select coalesce(max(version::integer), 0)
              from (select distinct on (version) version, type, success
                      from public.flyway_schema_history
                     where version ~ '^[0-9]{1,9}$'
                     order by version, installed_rank desc) newest
             where success
               and type <> 'DELETE'
            """;

    private static final String NO_SUCH_TABLE = "42P01";
    /** The class of invalid authorization. */
    private static final String LOGIN_REFUSED = "28";

    private static final int MOST_CAUSES = 20;
    private static final int TIMEOUT_SECONDS = 5;

    private final DataSource database;
    private final SchemaRange range;

    public SchemaLook(DataSource database, SchemaRange range) {
        this.database = database;
        this.range = range;
    }

    /** Asks the database now. Never throws: not to know is an answer. */
    public SchemaState look() {
        try (Connection connection = database.getConnection()) {
            return judge(version(connection));
        } catch (SQLException e) {
            return NO_SUCH_TABLE.equals(e.getSQLState())
                    ? judge(0)
                    : new SchemaState(
                            isLoginRefused(e) ? REFUSED : UNREACHABLE,
                            0,
                            "The schema's version cannot be read: " + why(e));
        }
    }

    private static boolean isLoginRefused(SQLException failure) {
        return Stream.iterate((Throwable) failure, cause -> cause != null, Throwable::getCause)
                .limit(MOST_CAUSES)
                .anyMatch(cause -> cause instanceof SQLException known
                        && known.getSQLState() != null
                        && known.getSQLState().startsWith(LOGIN_REFUSED));
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            ResultSet rows = statement.executeQuery(VERSION);
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    private SchemaState judge(int version) {
        if (version < range.needed()) {
            return new SchemaState(
                    TOO_OLD,
                    version,
                    "The schema is at version " + version + ", " + range.needed() + " is needed: run migrations");
        }
        if (version > range.known()) {
            return new SchemaState(
                    TOO_NEW,
                    version,
                    "The schema is at version " + version + ", this program knows it up to " + range.known()
                            + ": run a newer one");
        }
        return new SchemaState(OK, version, "The schema is at version " + version);
    }

    /** A pool says only that it has no connection; why is below. */
    private static String why(SQLException failure) {
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
