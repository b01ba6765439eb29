package io.gonkapulse.migrations.database;

import io.gonkapulse.migrations.output.MigrationListener;

/** Reports notices and warnings of the server. */
public final class ServerMessageReporter {

    /** SQLSTATE of raise notice; warnings have class 01. */
    private static final String NOTICE = "00000";

    private ServerMessageReporter() {}

    /** Indents notices, so that they appear below the line of their migration. */
    public static void report(MigrationListener listener, String state, String message) {
        if (state.equals(NOTICE)) {
            listener.report("    " + message);
        } else {
            listener.warn(message);
        }
    }
}
