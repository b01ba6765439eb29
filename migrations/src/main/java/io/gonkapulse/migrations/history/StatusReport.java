package io.gonkapulse.migrations.history;

import static io.gonkapulse.migrations.outcome.MigrationException.failed;

import io.gonkapulse.migrations.database.Database;
import io.gonkapulse.migrations.steps.StepFolder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What an operator asks first. */
public record StatusReport(
        String module,
        String database,
        int version,
        List<KnownStep> steps,
        List<Problem> problems,
        Optional<String> atWork) {

    public static StatusReport read(Connection connection, Database database, StepFolder folder) {
        try {
            History history = History.read(connection, folder);
            Optional<String> atWork = RunLock.atWork(connection, folder.schema());
            List<Problem> problems = new Diagnosis(connection, folder.schema()).problems(history, atWork.isPresent());
            return new StatusReport(
                    folder.module(), database.place(), history.version(), history.steps(), problems, atWork);
        } catch (SQLException e) {
            throw failed("Could not read the state of " + database.place() + ": " + e.getMessage(), e);
        }
    }
}
