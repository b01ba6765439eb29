package io.gonkapulse.migrations.scripts;

import java.util.Arrays;
import java.util.List;

/** SQL with the promises of its header. */
public record MigrationScript(String name, String sql, ScriptHeader header) {

    public static MigrationScript of(String name, String sql) {
        return new MigrationScript(name, sql, ScriptHeader.of(sql));
    }

    /** One by one outside a transaction, where several at once would be a transaction again; else all at once. */
    public List<String> statements() {
        if (header.transactional()) {
            return List.of(sql);
        }
        String bare = sql.replaceAll("(?m)^ *--.*$", "");
        return Arrays.stream(bare.split(";\\s*(?:\\n|$)"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    /** For a run that has to be one transaction whatever it costs in locks. */
    public MigrationScript withoutConcurrently() {
        return of(
                name,
                sql.replaceFirst("(?m)^-- Transaction: no$", "-- Transaction: yes")
                        .replaceAll("(?m)^((?:create|drop) index) concurrently", "$1"));
    }
}
