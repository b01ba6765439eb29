package io.gonkapulse.migrations.database;

import io.gonkapulse.migrations.output.MigrationListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs statements and passes on what the server says about them. */
public final class ScriptRunner {

    private final Connection connection;
    private final MigrationListener listener;

    public ScriptRunner(Connection connection, MigrationListener narrator) {
        this.connection = connection;
        this.listener = narrator;
    }

    public void execute(List<String> statements) throws SQLException {
        for (String text : statements) {
            execute(text);
        }
    }

    public void execute(String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try {
                statement.execute(text);
            } finally {
                // What was said before an error helps to understand the error.
                report(statement.getWarnings());
            }
        }
    }

    private void report(@Nullable SQLWarning first) {
        for (@Nullable SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
            ServerMessageReporter.report(
                    listener, String.valueOf(warning.getSQLState()), String.valueOf(warning.getMessage()));
        }
    }
}
