package io.gonkapulse.servicekit.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.servicekit.schema.SchemaCheckResult.SchemaStatus;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

@RealInfrastructure
class SchemaVersionCheckTest {

    private static final SchemaVersionRange RANGE = new SchemaVersionRange(9, 12);

    private final DataSource database;

    SchemaVersionCheckTest(TestDatabase database) {
        this.database = database.dataSource();
    }

    @BeforeEach
    void dropHistory() throws SQLException {
        execute("drop table if exists flyway_schema_history");
    }

    @Test
    void emptyDatabaseIsTooOld() {
        assertThat(new SchemaVersionCheck(database, RANGE).check())
                .isEqualTo(new SchemaCheckResult(
                        SchemaStatus.TOO_OLD, 0, "The schema is at version 0, 9 is needed: run migrations"));
    }

    @Test
    void usesNewestAppliedMigration() throws SQLException {
        history("(1, '9', 'SQL', true), (2, '10', 'SQL', true)");

        assertThat(new SchemaVersionCheck(database, RANGE).check())
                .isEqualTo(new SchemaCheckResult(SchemaStatus.OK, 10, "The schema is at version 10"));
    }

    @Test
    void ignoresUndoneAndFailedMigrations() throws SQLException {
        history("(1, '8', 'SQL', true), (2, '9', 'SQL', true), (3, '9', 'DELETE', true), (4, '10', 'SQL', false)");
        assertThat(checkStatus()).isEqualTo(SchemaStatus.TOO_OLD);

        execute("insert into flyway_schema_history values (5, '9', 'SQL', true)");
        assertThat(checkStatus()).isEqualTo(SchemaStatus.OK);
    }

    @Test
    void reportsNewerSchema() throws SQLException {
        history("(1, '13', 'SQL', true), (2, null, 'SQL', true)");

        assertThat(new SchemaVersionCheck(database, RANGE).check())
                .isEqualTo(new SchemaCheckResult(
                        SchemaStatus.TOO_NEW,
                        13,
                        "The schema is at version 13, this program knows it up to 12: run a newer one"));
    }

    @Test
    void reportsUnreachableDatabase() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/none");

        SchemaCheckResult state = new SchemaVersionCheck(nowhere, RANGE).check();

        assertThat(state.hasStatus(SchemaStatus.UNREACHABLE)).isTrue();
        assertThat(state.version()).isZero();
        assertThat(state.reason()).startsWith("The schema's version cannot be read: ");
    }

    @Test
    void reportsRefusedLogin() throws SQLException {
        PGSimpleDataSource stranger = new PGSimpleDataSource();
        try (Connection connection = database.getConnection()) {
            stranger.setUrl(connection.getMetaData().getURL());
        }
        stranger.setUser("stranger");

        SchemaCheckResult state = new SchemaVersionCheck(stranger, RANGE).check();

        assertThat(state.hasStatus(SchemaStatus.REFUSED)).isTrue();
        assertThat(state.behindValue()).isNaN();
        assertThat(state.reason()).contains("\"stranger\"");
    }

    @Test
    void rejectsReversedRange() {
        assertThatThrownBy(() -> new SchemaVersionRange(3, 2)).hasMessageContaining("required <= newestKnown");
    }

    private SchemaStatus checkStatus() {
        return new SchemaVersionCheck(database, RANGE).check().status();
    }

    private void history(String rows) throws SQLException {
        execute(
                "create table flyway_schema_history (installed_rank integer, version text, type text, success boolean)");
        execute("insert into flyway_schema_history values " + rows);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
