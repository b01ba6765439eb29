package io.gonkapulse.migrations.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class SqlFailureFormatterTest {

    @Test
    void advisesToRunAgainAfterDeadlock() {
        Exception failure =
                new IllegalStateException("migration failed", new SQLException("ERROR: deadlock detected", "40P01"));
        assertThat(SqlFailureFormatter.format(failure))
                .isEqualTo("ERROR: deadlock detected: another session took locks in the opposite order: run again");
    }
}
