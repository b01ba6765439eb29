package io.gonkapulse.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@RealInfrastructure
@Timeout(120)
class SchemaSetupTest {

    private int migrations;

    @Test
    void migratesOncePerServer(TestDatabase first) throws SQLException {
        TestDatabase second = first.sibling("second");
        new DatabaseAdministrator(first.sibling("postgres").dataSource()).create(second.name());

        SchemaSetup.create(first, this::migrate);
        SchemaSetup.create(second, this::migrate);
        new SqlRunner(first.dataSource()).execute("insert into node values (1)");
        SchemaSetup.create(first, this::migrate);

        assertThat(migrations).isEqualTo(1);
        assertThat(new SqlRunner(first.dataSource()).valueOf("select count(*) from node"))
                .isEqualTo("1");
        assertThat(new SqlRunner(second.dataSource()).valueOf("select count(*) from node"))
                .isEqualTo("0");
        assertThat(new SqlRunner(second.dataSource()).valueOf("show timezone")).isEqualTo("Asia/Kathmandu");
    }

    @Test
    void migratesDedicatedDatabase(DedicatedDatabase dedicated) throws SQLException {
        SchemaSetup.create(dedicated, this::migrate);

        assertThat(migrations).isEqualTo(1);
        assertThat(new SqlRunner(dedicated.dataSource()).valueOf("select count(*) from node"))
                .isEqualTo("0");
    }

    private void migrate(TestDatabase database) {
        migrations++;
        try {
            new SqlRunner(database.dataSource()).execute("create table node (id integer)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
