package io.gonkapulse.migrations.database;

import io.gonkapulse.migrations.output.MigrationListener;

/** Reports notices and warnings of the server. */
public final class ServerMessageReporter {

    private static final String NOTICE = "00000";

    private ServerMessageReporter() {}

    public static void report(MigrationListener listener, String state, String message) {
        if (state.equals(NOTICE)) {
            listener.report("    " + message);
        } else {
            listener.warn(message);
        }
    }
}
