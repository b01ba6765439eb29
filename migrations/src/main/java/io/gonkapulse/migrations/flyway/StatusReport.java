package io.gonkapulse.migrations.flyway;

import static io.gonkapulse.migrations.scripts.MigrationException.failed;

import io.gonkapulse.migrations.database.MigrationDatabase;
import io.gonkapulse.migrations.database.RunLock;
import io.gonkapulse.migrations.scripts.MigrationModule;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The state of a database: version, migrations, problems and the running session. */
public record StatusReport(
        MigrationModule module,
        String database,
        int version,
        List<MigrationStatus> migrations,
        List<MigrationProblem> problems,
        Optional<String> runningSession) {

    /** Reads the state without any lock, so it also works during a run. */
    public static StatusReport read(Connection connection, MigrationDatabase database, MigrationModule module) {
        try {
            MigrationHistory history = MigrationHistory.read(connection, module);
            Optional<String> runningSession = RunLock.findRunningSession(connection);
            List<MigrationProblem> problems =
                    new MigrationStateCheck(connection, module.schema()).problems(history, runningSession.isPresent());
            return new StatusReport(
                    module, database.location(), history.version(), history.migrations(), problems, runningSession);
        } catch (SQLException e) {
            throw failed("Could not read the state of " + database.location() + ": " + e.getMessage(), e);
        }
    }
}
