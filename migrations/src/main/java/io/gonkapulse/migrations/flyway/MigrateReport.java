package io.gonkapulse.migrations.flyway;

/** Where a database stood, and where it stands. */
public record MigrateReport(String schema, int from, int to, int applied) {

    String text() {
        return applied == 0
                ? "Schema " + schema + " stands at step " + to + ": nothing to do"
                : "Schema " + schema + " went from step " + from + " to step " + to + ", " + applied
                        + (applied == 1 ? " step" : " steps");
    }
}
