package io.gonkapulse.migrations.command;

import static java.time.ZoneOffset.UTC;

import io.gonkapulse.migrations.history.KnownStep;
import io.gonkapulse.migrations.history.KnownStep.Applied;
import io.gonkapulse.migrations.history.KnownStep.State;
import io.gonkapulse.migrations.history.Problem;
import io.gonkapulse.migrations.history.StatusReport;
import io.gonkapulse.migrations.outcome.Elapsed;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The status for people: one line for each step, aligned. */
final class StatusTable {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(UTC);

    private StatusTable() {}

    static String of(StatusReport report) {
        int width = report.steps().stream()
                .mapToInt(step -> step.description().length())
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        lines.add("Module " + report.module() + " at " + report.database() + ": step " + report.version());
        report.steps().forEach(step -> lines.add(line(step, width)));
        report.atWork().ifPresent(holder -> lines.add("A run is at work: " + holder));
        for (Problem problem : report.problems()) {
            lines.add("Problem (" + problem.kind().word() + ") " + problem.subject() + ": " + problem.message());
        }
        return String.join("\n", lines);
    }

    private static String line(KnownStep step, int width) {
        String mark = step.isApplied() ? "[X]" : "[ ]";
        String name = String.format(
                Locale.ROOT, "%s %4s  %-" + Math.max(1, width) + "s", mark, "V" + step.version(), step.description());
        return (name + step.applied().map(StatusTable::when).orElse("") + remark(step)).stripTrailing();
    }

    private static String when(Applied applied) {
        return String.format(Locale.ROOT, "  %s  %9s", TIME.format(applied.at()), Elapsed.text(applied.took()));
    }

    private static String remark(KnownStep step) {
        return step.state() == State.APPLIED || step.state() == State.PENDING
                ? ""
                : "  " + step.state().name().toLowerCase(Locale.ROOT);
    }
}
