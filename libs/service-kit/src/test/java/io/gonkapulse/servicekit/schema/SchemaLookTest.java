package io.gonkapulse.servicekit.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
class SchemaLookTest {

    private static final SchemaRange RANGE = new SchemaRange(9, 12);

    private final DataSource database;

    SchemaLookTest(TestDatabase database) {
        this.database = database.dataSource();
    }

    @BeforeEach
    void noHistory() throws SQLException {
        execute("drop table if exists flyway_schema_history");
    }

    @Test
    void anEmptyDatabaseIsTooOld() {
        assertThat(new SchemaLook(database, RANGE).look())
                .isEqualTo(new SchemaState(
                        SchemaVerdict.TOO_OLD, 0, "The schema is at version 0, 9 is needed: run migrations"));
    }

    @Test
    void theNewestAppliedStepDecides() throws SQLException {
        history("(1, '9', 'SQL', true), (2, '10', 'SQL', true)");

        assertThat(new SchemaLook(database, RANGE).look())
                .isEqualTo(new SchemaState(SchemaVerdict.OK, 10, "The schema is at version 10"));
    }

    @Test
    void aStepThatWasTakenBackOrFailedDoesNotCount() throws SQLException {
        history("(1, '8', 'SQL', true), (2, '9', 'SQL', true), (3, '9', 'DELETE', true), (4, '10', 'SQL', false)");
        assertThat(look()).isEqualTo(SchemaVerdict.TOO_OLD);

        execute("insert into flyway_schema_history values (5, '9', 'SQL', true)");
        assertThat(look()).isEqualTo(SchemaVerdict.OK);
    }

    @Test
    void aSchemaOfANewerProgramIsTold() throws SQLException {
        history("(1, '13', 'SQL', true), (2, null, 'SQL', true)");

        assertThat(new SchemaLook(database, RANGE).look())
                .isEqualTo(new SchemaState(
                        SchemaVerdict.TOO_NEW,
                        13,
                        "The schema is at version 13, this program knows it up to 12: run a newer one"));
    }

    @Test
    void aDatabaseThatIsNotThereIsAnAnswer() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/none");

        SchemaState state = new SchemaLook(nowhere, RANGE).look();

        assertThat(state.is(SchemaVerdict.UNREACHABLE)).isTrue();
        assertThat(state.version()).isZero();
        assertThat(state.reason()).startsWith("The schema's version cannot be read: ");
    }

    @Test
    void refusedLoginIsNamed() throws SQLException {
        PGSimpleDataSource stranger = new PGSimpleDataSource();
        try (Connection connection = database.getConnection()) {
            stranger.setUrl(connection.getMetaData().getURL());
        }
        stranger.setUser("stranger");

        SchemaState state = new SchemaLook(stranger, RANGE).look();

        assertThat(state.is(SchemaVerdict.REFUSED)).isTrue();
        assertThat(state.behind()).isNaN();
        assertThat(state.reason()).contains("\"stranger\"");
    }

    @Test
    void aRangeIsInOrder() {
        assertThatThrownBy(() -> new SchemaRange(3, 2)).hasMessageContaining("needed <= known");
    }

    private SchemaVerdict look() {
        return new SchemaLook(database, RANGE).look().verdict();
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
