package io.gonkapulse.migrations.cli;

import io.gonkapulse.migrations.flyway.MigrationProblem;
import io.gonkapulse.migrations.flyway.MigrationStatus;
import io.gonkapulse.migrations.flyway.StatusReport;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Formats the status as JSON for scripts. */
final class StatusJsonFormatter {

    private static final JsonMapper MAPPER = new JsonMapper();

    private StatusJsonFormatter() {}

    static String format(StatusReport report) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("module", report.module());
        json.put("database", report.database());
        json.put("version", report.version());
        json.put(
                "migrations",
                report.migrations().stream().map(StatusJsonFormatter::migration).toList());
        json.put(
                "problems",
                report.problems().stream().map(StatusJsonFormatter::problem).toList());
        json.put("atWork", report.runningSession().orElse(null));
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    }

    private static Map<String, @Nullable Object> migration(MigrationStatus migration) {
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

    private static Map<String, String> problem(MigrationProblem problem) {
        Map<String, String> json = new LinkedHashMap<>();
        json.put("kind", problem.kind().text());
        json.put("subject", problem.subject());
        json.put("message", problem.message());
        return json;
    }
}
