package io.gonkapulse.migrations.database;

import io.gonkapulse.migrations.outcome.Narrator;

/** What the server says besides results. */
public final class ServerMessage {

    private static final String NOTICE = "00000";

    private ServerMessage() {}

    public static void tell(Narrator narrator, String state, String message) {
        if (state.equals(NOTICE)) {
            narrator.say("    " + message);
        } else {
            narrator.warn(message);
        }
    }
}
