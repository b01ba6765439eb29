package io.gonkapulse.migrations.cli;

import static java.time.ZoneOffset.UTC;

import io.gonkapulse.migrations.flyway.MigrationProblem;
import io.gonkapulse.migrations.flyway.MigrationStatus;
import io.gonkapulse.migrations.flyway.MigrationStatus.AppliedRun;
import io.gonkapulse.migrations.flyway.MigrationStatus.LifecycleState;
import io.gonkapulse.migrations.flyway.StatusReport;
import io.gonkapulse.migrations.output.ElapsedTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Formats the status as a table with one line for each migration. */
final class StatusTableFormatter {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(UTC);

    private StatusTableFormatter() {}

    static String format(StatusReport report) {
        int width = report.migrations().stream()
                .mapToInt(migration -> migration.description().length())
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        lines.add("Module " + report.module() + " at " + report.database() + ": version " + report.version());
        report.migrations().forEach(migration -> lines.add(line(migration, width)));
        report.runningSession().ifPresent(holder -> lines.add("Another run is active: " + holder));
        for (MigrationProblem problem : report.problems()) {
            lines.add("Problem (" + problem.kind().text() + ") " + problem.subject() + ": " + problem.message());
        }
        return String.join("\n", lines);
    }

    private static String line(MigrationStatus migration, int width) {
        String mark = migration.isApplied() ? "[X]" : "[ ]";
        String name = String.format(
                Locale.ROOT,
                "%s %4s  %-" + Math.max(1, width) + "s",
                mark,
                "V" + migration.version(),
                migration.description());
        return (name
                        + migration
                                .applied()
                                .map(StatusTableFormatter::formatApplied)
                                .orElse("")
                        + remark(migration))
                .stripTrailing();
    }

    private static String formatApplied(AppliedRun applied) {
        return String.format(
                Locale.ROOT, "  %s  %9s", TIME.format(applied.at()), ElapsedTime.format(applied.duration()));
    }

    /** States that the mark does not show. */
    private static String remark(MigrationStatus migration) {
        return migration.state() == LifecycleState.APPLIED || migration.state() == LifecycleState.PENDING
                ? ""
                : "  " + migration.state().name().toLowerCase(Locale.ROOT);
    }
}
