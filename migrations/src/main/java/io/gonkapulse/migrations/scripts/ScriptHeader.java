package io.gonkapulse.migrations.scripts;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comment at the top of a script.
 *
 * @param transactional false for statements that PostgreSQL rejects in a transaction, such as concurrent index builds
 * @param data what the undo does to data; empty in a migration
 */
public record ScriptHeader(
        String title, String data, Duration lockTimeout, Duration statementTimeout, boolean transactional) {

    /** Short, because all queries on the table queue behind a waiting lock request. */
    private static final Duration DEFAULT_LOCK_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration DEFAULT_STATEMENT_TIMEOUT = Duration.ofMinutes(5);

    static ScriptHeader of(String sql) {
        return new ScriptHeader(
                find(sql, "[VU]\\d+").orElse(""),
                find(sql, "Data").orElse(""),
                duration(sql, "Lock timeout").orElse(DEFAULT_LOCK_TIMEOUT),
                duration(sql, "Statement timeout").orElse(DEFAULT_STATEMENT_TIMEOUT),
                !find(sql, "Transaction").orElse("yes").startsWith("no"));
    }

    /** A value may continue on the next line, indented. */
    static Optional<String> find(String sql, String key) {
        Matcher line =
                Pattern.compile("(?m)^-- " + key + ": (.*(?:\\n-- {4,}.*)*)$").matcher(sql);
        return line.find()
                ? Optional.of(line.group(1).replaceAll("\\n-- +", " ").strip())
                : Optional.empty();
    }

    private static Optional<Duration> duration(String sql, String key) {
        return find(sql, key).map(text -> DurationParser.parse(text.replaceFirst(" *\\(.*$", "")));
    }
}
