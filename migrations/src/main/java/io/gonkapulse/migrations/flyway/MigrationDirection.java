package io.gonkapulse.migrations.flyway;

import java.util.Locale;

/** Which way a step was taken. */
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
