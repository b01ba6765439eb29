package io.gonkapulse.migrations.database;

import io.gonkapulse.migrations.output.MigrationListener;

/** What the server says besides results. */
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
