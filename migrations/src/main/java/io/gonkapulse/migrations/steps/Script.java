package io.gonkapulse.migrations.steps;

import java.util.Arrays;
import java.util.List;

/** SQL with the promises of its header. */
public record Script(String name, String sql, Header header) {

    public static Script of(String name, String sql) {
        return new Script(name, sql, Header.of(sql));
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
    public Script withoutConcurrently() {
        return of(
                name,
                sql.replaceFirst("(?m)^-- Transaction: no$", "-- Transaction: yes")
                        .replaceAll("(?m)^((?:create|drop) index) concurrently", "$1"));
    }
}
