package io.gonkapulse.migrations.scripts;

import java.util.Arrays;
import java.util.List;

/** A migration or undo script with its parsed header. */
public record MigrationScript(String name, String sql, ScriptHeader header) {

    public static MigrationScript of(String name, String sql) {
        return new MigrationScript(name, sql, ScriptHeader.of(sql));
    }

    /** One by one outside a transaction, because several statements at once would form one; otherwise all at once. */
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

    /** For a run that must be one transaction, at the cost of longer table locks. */
    public MigrationScript withoutConcurrently() {
        return of(
                name,
                sql.replaceFirst("(?m)^-- Transaction: no$", "-- Transaction: yes")
                        .replaceAll("(?m)^((?:create|drop) index) concurrently", "$1"));
    }
}
