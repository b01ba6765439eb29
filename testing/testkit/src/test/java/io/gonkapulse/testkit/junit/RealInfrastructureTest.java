package io.gonkapulse.testkit.junit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@RealInfrastructure
@Timeout(120)
class RealInfrastructureTest {

    private final TestBroker broker;
    private final TestDatabase database;
    private final SqlRunner query;

    RealInfrastructureTest(TestBroker broker, TestDatabase database) {
        this.broker = broker;
        this.database = database;
        this.query = new SqlRunner(database.dataSource());
    }

    @BeforeAll
    static void createFixtures(TestBroker broker, TestDatabase database) throws Exception {
        broker.createTopic("once", 3);
        new SqlRunner(database.dataSource()).execute("create table once as select 1 as id");
    }

    @BeforeEach
    void insertRow(TestDatabase database) throws SQLException {
        new SqlRunner(database.dataSource()).execute("insert into once values (2)");
    }

    @Test
    void constructorAndLifecycleMethodsShareServers(TestBroker sameBroker, TestDatabase sameDatabase) throws Exception {
        assertThat(sameBroker.bootstrapServers()).isEqualTo(broker.bootstrapServers());
        assertThat(sameDatabase.jdbcUrl()).isEqualTo(database.jdbcUrl());
        assertThat(new BrokerInspector(broker.bootstrapServers()).topics()).contains("once");
        assertThat(query.valueOf("select count(*) > 1 from once")).isEqualTo("t");
    }

    @Test
    void databaseSessionsAreNotInUtc() throws SQLException {
        assertThat(query.valueOf("select setconfig[1] from pg_db_role_setting "
                        + "join pg_database on pg_database.oid = setdatabase where datname = current_database()"))
                .isEqualTo("TimeZone=Asia/Kathmandu");
        assertThat(query.valueOf("show timezone")).isEqualTo("Asia/Kathmandu");
    }

    @Test
    void databaseReportsConnectionDetails() throws SQLException {
        assertThat(database.jdbcUrl())
                .isEqualTo("jdbc:postgresql://" + database.host() + ":" + database.port() + "/" + database.name());
        assertThat(query.valueOf("select current_user")).isEqualTo(database.username());
        assertThat(query.valueOf("select current_database()")).isEqualTo(database.name());
    }

    @Test
    void rejectsExistingTopicByName() {
        assertThatThrownBy(() -> broker.createTopic("once", 3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("once");
    }

    @Test
    void dedicatedBrokerKeepsDataAcrossRestart(DedicatedBroker dedicated) throws Exception {
        assertThat(dedicated.bootstrapServers()).isNotEqualTo(broker.bootstrapServers());
        dedicated.createTopic("kept", 1);
        dedicated.publish("kept", "key", "first".getBytes(UTF_8));

        dedicated.stop();
        assertThat(new BrokerInspector(broker.bootstrapServers()).topics()).doesNotContain("kept");
        dedicated.start();

        dedicated.publish("kept", "key", "second".getBytes(UTF_8));
        assertThat(new BrokerInspector(dedicated.bootstrapServers()).consume("kept", "group", 2))
                .containsExactly("first", "second");
    }

    @Test
    void dedicatedDatabaseKeepsDataAcrossRestart(DedicatedDatabase dedicated) throws Exception {
        assertThat(dedicated.port()).isNotEqualTo(database.port());
        SqlRunner dedicatedSql = new SqlRunner(dedicated.dataSource());
        dedicatedSql.execute("create table kept as select 1 as id");

        try (Connection session = dedicated.dataSource().getConnection()) {
            dedicated.stop();
            assertThat(session.isValid(1)).isFalse();
        }
        assertThatThrownBy(() -> dedicatedSql.valueOf("select 1")).isInstanceOf(SQLException.class);
        assertThat(query.valueOf("select 1")).isEqualTo("1");
        dedicated.start();

        assertThat(dedicatedSql.valueOf("select count(*) from kept")).isEqualTo("1");
        assertThat(dedicatedSql.valueOf("show timezone")).isEqualTo("Asia/Kathmandu");
    }

    @Nested
    class NestedTest {

        @Test
        void sharesDatabaseOfOuterClass(TestDatabase sameDatabase) {
            assertThat(sameDatabase.name()).isEqualTo(database.name());
        }
    }
}
