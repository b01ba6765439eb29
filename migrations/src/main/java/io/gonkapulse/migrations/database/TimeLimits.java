package io.gonkapulse.migrations.database;

import io.gonkapulse.migrations.scripts.ScriptHeader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Timeouts for locks and statements: an option of the operator, else the header of the script. Without them a
 * migration could block a live system indefinitely.
 */
public record TimeLimits(Optional<Duration> lock, Optional<Duration> statement) {

    /** No override: the header of each script decides. */
    public static final TimeLimits FROM_HEADERS = new TimeLimits(Optional.empty(), Optional.empty());

    /** For the session, not the transaction: a script may run outside of one, or consist of several. */
    private static final String SET = """
            select set_config('lock_timeout', ?, false),
                   set_config('statement_timeout', ?, false)
            """;

    /** Sets the timeouts of the session until the next script. */
    public void apply(Connection connection, ScriptHeader header) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SET)) {
            statement.setString(1, lock.orElse(header.lockTimeout()).toMillis() + "ms");
            statement.setString(2, statement().orElse(header.statementTimeout()).toMillis() + "ms");
            statement.execute();
        }
    }
}
