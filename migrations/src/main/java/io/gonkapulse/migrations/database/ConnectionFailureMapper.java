package io.gonkapulse.migrations.database;

import static io.gonkapulse.migrations.output.MigrationException.failed;
import static io.gonkapulse.migrations.output.MigrationException.misconfigured;

import io.gonkapulse.migrations.output.MigrationException;
import java.sql.SQLException;
import java.util.Set;

/** Maps a refused connection to a retry or to an error that names the setting. */
final class ConnectionFailureMapper {

    /** SQLSTATEs that may pass: connection failures, too many connections, shutdown, and start-up of the server. */
    private static final Set<String> TRANSIENT_STATES =
            Set.of("08001", "08006", "08003", "53300", "57P01", "57P02", "57P03");

    private ConnectionFailureMapper() {}

    /** True if a later attempt can succeed without a change of settings. */
    static boolean isTransient(SQLException failure) {
        return TRANSIENT_STATES.contains(String.valueOf(failure.getSQLState()));
    }

    /** Names the setting to correct. Passwords never appear in the message. */
    static MigrationException toException(SQLException failure, String location) {
        String state = String.valueOf(failure.getSQLState());
        String message = firstLine(failure);
        if (state.startsWith("28")) {
            return misconfigured("DB_USERNAME or DB_PASSWORD (or the ones in DATABASE_URL) were rejected by " + location
                    + ": " + message);
        }
        if (state.equals("08004")) {
            return misconfigured(
                    "DB_PASSWORD, or sslmode in DATABASE_URL, was rejected by " + location + ": " + message);
        }
        if (state.equals("3D000")) {
            return misconfigured(
                    "DB_DATABASE (or the one in DATABASE_URL) does not exist at " + location + ": " + message);
        }
        if (state.startsWith("22")) {
            return misconfigured("DATABASE_URL or SPRING_DATASOURCE_URL has an invalid parameter: " + message);
        }
        return failed("Could not connect to " + location + ": " + message, failure);
    }

    /** Some messages of the driver have several lines. */
    static String firstLine(SQLException failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .strip();
    }
}
