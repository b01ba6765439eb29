package io.gonkapulse.migrations.flyway;

import java.util.Locale;

/** Direction of a journal entry; the names are stored in {@code migration_steps}. */
public enum MigrationDirection {
    UP,
    DOWN,
    FOUND;

    String columnValue() {
        return name().toLowerCase(Locale.ROOT);
    }

    static MigrationDirection of(String columnValue) {
        return valueOf(columnValue.toUpperCase(Locale.ROOT));
    }
}
