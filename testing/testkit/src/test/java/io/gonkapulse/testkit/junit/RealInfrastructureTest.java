package io.gonkapulse.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.testkit.local.Records;
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
    private final Query query;

    RealInfrastructureTest(TestBroker broker, TestDatabase database) {
        this.broker = broker;
        this.database = database;
        this.query = new Query(database.dataSource());
    }

    @BeforeAll
    static void writeOnceForAllTests(TestBroker broker, TestDatabase database) throws Exception {
        broker.createTopic("once", 3);
        new Query(database.dataSource()).execute("create table once as select 1 as id");
    }

    @BeforeEach
    void writeForEachTest(TestDatabase database) throws SQLException {
        new Query(database.dataSource()).execute("insert into once values (2)");
    }

    @Test
    void constructorTestsAndWhatRunsBeforeThemShareOneBrokerAndOneDatabase(
            TestBroker sameBroker, TestDatabase sameDatabase) throws Exception {
        assertThat(sameBroker.bootstrapServers()).isEqualTo(broker.bootstrapServers());
        assertThat(sameDatabase.jdbcUrl()).isEqualTo(database.jdbcUrl());
        assertThat(new Records(broker.bootstrapServers()).topics()).contains("once");
        assertThat(query.valueOf("select count(*) > 1 from once")).isEqualTo("t");
    }

    @Test
    void theDatabaseIsFarFromUtcForWhoeverDoesNotChooseAZone() throws SQLException {
        assertThat(query.valueOf("select setconfig[1] from pg_db_role_setting "
                        + "join pg_database on pg_database.oid = setdatabase where datname = current_database()"))
                .isEqualTo("TimeZone=Asia/Kathmandu");
        assertThat(query.valueOf("show timezone")).isEqualTo("Asia/Kathmandu");
    }

    @Test
    void theDatabaseSaysHowToReachIt() throws SQLException {
        assertThat(database.jdbcUrl())
                .isEqualTo("jdbc:postgresql://" + database.host() + ":" + database.port() + "/" + database.name());
        assertThat(query.valueOf("select current_user")).isEqualTo(database.username());
        assertThat(query.valueOf("select current_database()")).isEqualTo(database.name());
    }

    @Test
    void aTopicThatIsThereAlreadyIsNamed() {
        assertThatThrownBy(() -> broker.createTopic("once", 3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("once");
    }

    @Test
    void aBrokerOfOnesOwnStopsAndComesBackWithAllItHad(DedicatedBroker own) throws Exception {
        assertThat(own.bootstrapServers()).isNotEqualTo(broker.bootstrapServers());
        Records records = new Records(own.bootstrapServers());
        own.createTopic("kept", 1);
        records.write("kept", "first");

        own.stop();
        assertThat(new Records(broker.bootstrapServers()).topics()).doesNotContain("kept");
        own.start();

        records.write("kept", "second");
        assertThat(records.read("kept", "group", 2)).containsExactly("first", "second");
    }

    @Test
    void aDatabaseOfOnesOwnStopsAndComesBackWithAllItHad(DedicatedDatabase own) throws Exception {
        assertThat(own.port()).isNotEqualTo(database.port());
        Query ofOwn = new Query(own.dataSource());
        ofOwn.execute("create table kept as select 1 as id");

        try (Connection session = own.dataSource().getConnection()) {
            own.stop();
            assertThat(session.isValid(1)).isFalse();
        }
        assertThatThrownBy(() -> ofOwn.valueOf("select 1")).isInstanceOf(SQLException.class);
        assertThat(query.valueOf("select 1")).isEqualTo("1");
        own.start();

        assertThat(ofOwn.valueOf("select count(*) from kept")).isEqualTo("1");
        assertThat(ofOwn.valueOf("show timezone")).isEqualTo("Asia/Kathmandu");
    }

    @Nested
    class NestedClasses {

        @Test
        void useWhatTheOuterOneHas(TestDatabase sameDatabase) {
            assertThat(sameDatabase.name()).isEqualTo(database.name());
        }
    }
}
