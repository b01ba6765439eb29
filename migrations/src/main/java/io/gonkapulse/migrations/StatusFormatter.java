package io.gonkapulse.migrations;

import static java.time.ZoneOffset.UTC;
import static java.util.stream.Collectors.joining;

import io.gonkapulse.migrations.flyway.MigrationProblem;
import io.gonkapulse.migrations.flyway.MigrationStatus;
import io.gonkapulse.migrations.flyway.MigrationStatus.AppliedRun;
import io.gonkapulse.migrations.flyway.MigrationStatus.LifecycleState;
import io.gonkapulse.migrations.flyway.StatusReport;
import io.gonkapulse.migrations.scripts.DurationFormatter;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Formats the status for people and for scripts. */
final class StatusFormatter {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(UTC);

    private static final JsonMapper MAPPER = new JsonMapper();

    private StatusFormatter() {}

    /** The modules one below the other, each under its heading. */
    static String toTable(List<StatusReport> reports) {
        return reports.stream().map(StatusFormatter::toTable).collect(joining("\n\n"));
    }

    /** One line for each migration, padded to the longest description, then the problems. */
    private static String toTable(StatusReport report) {
        int width = report.migrations().stream()
                .mapToInt(migration -> migration.description().length())
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        lines.add("Module " + report.module().name() + " at " + report.database() + ": version " + report.version());
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
        return (name + migration.applied().map(StatusFormatter::formatApplied).orElse("") + remark(migration))
                .stripTrailing();
    }

    private static String formatApplied(AppliedRun applied) {
        return String.format(
                Locale.ROOT, "  %s  %9s", TIME.format(applied.at()), DurationFormatter.format(applied.duration()));
    }

    /** States that the mark does not show. */
    private static String remark(MigrationStatus migration) {
        return migration.state() == LifecycleState.APPLIED || migration.state() == LifecycleState.PENDING
                ? ""
                : "  " + migration.state().name().toLowerCase(Locale.ROOT);
    }

    /** One object, or an array of them for several modules. */
    static String toJson(List<StatusReport> reports) {
        return MAPPER.writerWithDefaultPrettyPrinter()
                .writeValueAsString(
                        reports.size() == 1
                                ? toJson(reports.get(0))
                                : reports.stream().map(StatusFormatter::toJson).toList());
    }

    /** Scripts read these fields, so their names stay, {@code atWork} for the running session included. */
    private static Map<String, @Nullable Object> toJson(StatusReport report) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("module", report.module().name());
        json.put("database", report.database());
        json.put("version", report.version());
        json.put(
                "migrations",
                report.migrations().stream().map(StatusFormatter::toJson).toList());
        json.put(
                "problems",
                report.problems().stream().map(StatusFormatter::toJson).toList());
        json.put("atWork", report.runningSession().orElse(null));
        return json;
    }

    private static Map<String, @Nullable Object> toJson(MigrationStatus migration) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("version", migration.version());
        json.put("description", migration.description());
        json.put("state", migration.state().name().toLowerCase(Locale.ROOT));
        json.put("applied", migration.isApplied());
        json.put(
                "installedAt",
                migration.applied().map(applied -> applied.at().toString()).orElse(null));
        json.put(
                "durationMs",
                migration
                        .applied()
                        .map(applied -> applied.duration().toMillis())
                        .orElse(null));
        json.put(
                "installedBy",
                migration.applied().map(MigrationStatus.AppliedRun::user).orElse(null));
        return json;
    }

    private static Map<String, String> toJson(MigrationProblem problem) {
        Map<String, String> json = new LinkedHashMap<>();
        json.put("kind", problem.kind().text());
        json.put("subject", problem.subject());
        json.put("message", problem.message());
        return json;
    }
}
