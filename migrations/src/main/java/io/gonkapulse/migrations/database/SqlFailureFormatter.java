package io.gonkapulse.migrations.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Formats a failed statement in one line for an operator. */
public final class SqlFailureFormatter {

    private SqlFailureFormatter() {}

    /** Finds the SQL error among the causes, however deep Flyway wraps it; without one, uses the message itself. */
    public static String format(Exception thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException failure) {
                return format(failure);
            }
        }
        return String.valueOf(thrown.getMessage()).replaceAll("\\s+", " ");
    }

    /** Detail and hint of the server often name the row or the remedy; the driver's own message omits them. */
    public static String format(SQLException failure) {
        @Nullable
        ServerErrorMessage server = failure instanceof PSQLException ours ? ours.getServerErrorMessage() : null;
        String message = server == null
                ? firstLine(failure)
                : server.getMessage() + suffix(". ", server.getDetail()) + suffix(". ", server.getHint());
        return message.replaceFirst("\\.$", "") + advice(String.valueOf(failure.getSQLState()));
    }

    /** Some messages of the driver have several lines. */
    static String firstLine(SQLException failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .strip();
    }

    private static String suffix(String separator, @Nullable String text) {
        return text == null ? "" : separator + text;
    }

    /** What an operator can do about the most common failures. */
    private static String advice(String state) {
        return switch (state) {
            case "55P03" ->
                ": a lock was not granted in time. Find the session that holds it (pg_blocking_pids, "
                        + "pg_stat_activity), run again when it is gone, or wait longer with --lock-timeout";
            case "40P01" -> ": another session took locks in the opposite order: run again";
            case "57014" ->
                ": a statement took too long or was cancelled. Run again in a quieter hour, "
                        + "or allow more with --statement-timeout";
            case "42501" -> ": run as the owner of the schema, or let an administrator grant what is missing";
            default -> "";
        };
    }
}
