package io.gonkapulse.migrations.adopt;

import static java.util.Comparator.comparingInt;

import io.gonkapulse.migrations.database.TimeLimits;
import io.gonkapulse.migrations.history.HistoryTable;
import io.gonkapulse.migrations.history.KnownStep;
import io.gonkapulse.migrations.history.StepJournal;
import io.gonkapulse.migrations.outcome.Elapsed;
import io.gonkapulse.migrations.outcome.Narrator;
import io.gonkapulse.migrations.steps.StepFolder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes an adoption back, inside the transaction that its caller commits or rolls back. */
final class WayBack {

    private static final String SET = """
            select set_config('adopt.ours', ?, true),
                   set_config('adopt.whole', ?, true)
            """;

    private static final Pattern NEW_TABLE = Pattern.compile("(?im)^\\s*create table (?:if not exists )?(\\w+)");

    private static final Set<String> ADOPTED =
            Set.of("users", "user_nodes", "node_requests", "nodes", "node_stats_cache", "earnings_history");

    private final Connection connection;
    private final StepFolder folder;
    private final AdoptionScripts scripts;
    private final Narrator narrator;
    private final boolean wholeSchema;

    private WayBack(
            Connection connection, StepFolder folder, TimeLimits limits, Narrator narrator, boolean wholeSchema) {
        this.connection = connection;
        this.folder = folder;
        this.scripts = new AdoptionScripts(connection, folder, limits, narrator);
        this.narrator = narrator;
        this.wholeSchema = wholeSchema;
    }

    static WayBack of(Connection connection, StepFolder folder, TimeLimits limits, Narrator narrator) {
        return new WayBack(connection, folder, limits, narrator, false);
    }

    /** Says nothing, and compares the whole schema: right after the adoption nobody can have changed the rest. */
    static WayBack quietly(Connection connection, StepFolder folder, TimeLimits limits) {
        return new WayBack(connection, folder, limits, line -> {}, true);
    }

    /**
     * Leaves the tables as they were before the adoption.
     *
     * @param steps that were taken since
     */
    void carryOut(List<KnownStep> steps) throws SQLException {
        set(steps);
        scripts.run("definitions.sql", "functions.sql", "leave.sql");
        for (KnownStep step : steps.stream()
                .sorted(comparingInt(KnownStep::version).reversed())
                .toList()) {
            long start = System.nanoTime();
            scripts.run(folder.back(step.script()));
            narrator.say("    take step V" + step.version() + " back (" + Elapsed.text(Elapsed.since(start)) + ")");
        }
        scripts.run("return.sql");
    }

    private void set(List<KnownStep> steps) throws SQLException {
        Set<String> tables = new TreeSet<>(ADOPTED);
        tables.add(HistoryTable.NAME);
        tables.add(StepJournal.NAME);
        for (KnownStep step : steps) {
            Matcher table = NEW_TABLE.matcher(folder.forward(step.script()).sql());
            while (table.find()) {
                tables.add(table.group(1));
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(SET)) {
            statement.setString(1, String.join(",", tables));
            statement.setString(2, String.valueOf(wholeSchema));
            statement.execute();
        }
    }
}
