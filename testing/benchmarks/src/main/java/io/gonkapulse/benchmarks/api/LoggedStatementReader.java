package io.gonkapulse.benchmarks.api;

import io.gonkapulse.localservers.LocalDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads a statement of the gateway with the values of its parameters from the log of the database. */
final class LoggedStatementReader {

    private static final Pattern ENTRY = Pattern.compile(
            "(?ms)LOG:  duration: [0-9.]+ ms  execute [^:]+: (.*?)^[^\\n]*DETAIL:  Parameters: ([^\\n]*)$");

    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+) = (NULL|'[^']*+(?:''[^']*+)*+')");

    private final LocalDatabase database;
    private final Path log;

    LoggedStatementReader(LocalDatabase database, Path log) {
        this.database = database;
        this.log = log;
    }

    /** Returns the last statement that contains a marker, of those that a request runs. */
    String read(String marker, Runnable request) throws SQLException {
        configure("alter system set log_min_duration_statement = 0");
        try {
            request.run();
        } finally {
            configure("alter system reset log_min_duration_statement");
        }
        return findLast(readLog(), marker);
    }

    private void configure(String setting) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        database.jdbcUrl(ApiDataGenerator.DATABASE), LocalDatabase.USERNAME, "");
                Statement statement = connection.createStatement()) {
            statement.execute(setting);
            statement.execute("select pg_reload_conf(), pg_sleep(0.5)");
        }
    }

    private String readLog() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read the log of the database", e);
        }
    }

    static String findLast(String text, String marker) {
        String found = ENTRY.matcher(text)
                .results()
                .filter(entry -> entry.group(1).contains(marker))
                .reduce((first, second) -> second)
                .map(entry -> insert(entry.group(1), entry.group(2)))
                .orElseThrow(() -> new IllegalStateException(
                        "Expected a logged statement with parameters that contains \"" + marker + "\""));
        return found.strip();
    }

    private static String insert(String sql, String parameters) {
        String inserted = sql;
        List<MatchResult> values =
                new ArrayList<>(PARAMETER.matcher(parameters).results().toList());
        // $12 before $1.
        Collections.reverse(values);
        for (MatchResult value : values) {
            inserted = inserted.replace("$" + value.group(1), value.group(2));
        }
        return inserted;
    }
}
