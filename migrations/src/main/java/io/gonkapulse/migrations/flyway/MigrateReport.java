package io.gonkapulse.migrations.flyway;

/** Result of a run: the version before and after. */
public record MigrateReport(String schema, int from, int to, int applied) {

    String text() {
        return applied == 0
                ? "Schema " + schema + " is at version " + to + ": nothing to do"
                : "Schema " + schema + " migrated from version " + from + " to version " + to + ", " + applied
                        + (applied == 1 ? " migration" : " migrations");
    }
}
