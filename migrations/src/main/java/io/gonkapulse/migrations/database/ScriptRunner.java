package io.gonkapulse.migrations.database;

import io.gonkapulse.migrations.scripts.MigrationListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs statements and reports the notices of the server. */
public final class ScriptRunner {

    /** SQLSTATE of raise notice; warnings have class 01. */
    private static final String NOTICE = "00000";

    private final Connection connection;
    private final MigrationListener listener;

    public ScriptRunner(Connection connection, MigrationListener listener) {
        this.connection = connection;
        this.listener = listener;
    }

    /** Runs the statements one after the other; stops at the first failure. */
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
                // Notices before an error help to find its cause.
                report(statement.getWarnings());
            }
        }
    }

    private void report(@Nullable SQLWarning first) {
        for (@Nullable SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
            report(listener, String.valueOf(warning.getSQLState()), String.valueOf(warning.getMessage()));
        }
    }

    /** Reports a notice or warning of the server. Notices are indented, below the line of their migration. */
    public static void report(MigrationListener listener, String state, String message) {
        if (state.equals(NOTICE)) {
            listener.report("    " + message);
        } else {
            listener.warn(message);
        }
    }
}
