package io.gonkapulse.migrations.command;

import io.gonkapulse.migrations.history.KnownStep;
import io.gonkapulse.migrations.history.Problem;
import io.gonkapulse.migrations.history.StatusReport;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The status for programs. */
final class StatusJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private StatusJson() {}

    static String of(StatusReport report) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("module", report.module());
        json.put("database", report.database());
        json.put("version", report.version());
        json.put("migrations", report.steps().stream().map(StatusJson::step).toList());
        json.put("problems", report.problems().stream().map(StatusJson::problem).toList());
        json.put("atWork", report.atWork().orElse(null));
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    }

    private static Map<String, @Nullable Object> step(KnownStep step) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("version", step.version());
        json.put("description", step.description());
        json.put("state", step.state().name().toLowerCase(Locale.ROOT));
        json.put("applied", step.isApplied());
        json.put(
                "installedAt",
                step.applied().map(applied -> applied.at().toString()).orElse(null));
        json.put(
                "durationMs",
                step.applied().map(applied -> applied.took().toMillis()).orElse(null));
        json.put("installedBy", step.applied().map(KnownStep.Applied::by).orElse(null));
        return json;
    }

    private static Map<String, String> problem(Problem problem) {
        Map<String, String> json = new LinkedHashMap<>();
        json.put("kind", problem.kind().word());
        json.put("subject", problem.subject());
        json.put("message", problem.message());
        return json;
    }
}
