package io.gonkapulse.testkit.junit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Two test classes implement this contract. The second to run must find nothing of the first under the same names.
 */
@RealInfrastructure
interface ClassIsolationContract {

    @Test
    default void startsWithoutTopicsOrGroups(TestBroker broker) throws Exception {
        BrokerInspector inspector = new BrokerInspector(broker.bootstrapServers());
        assertThat(inspector.topics()).isEmpty();
        assertThat(inspector.groups()).isEmpty();

        String own = getClass().getSimpleName();
        broker.createTopic("same-topic", 1);
        broker.publish("same-topic", "key", own.getBytes(UTF_8));
        assertThat(inspector.consume("same-topic", "same-group", 1)).containsExactly(own);
        broker.publish("same-topic", "key", "unread".getBytes(UTF_8));
    }

    @Test
    default void startsWithoutTables(TestDatabase database) throws Exception {
        SqlRunner query = new SqlRunner(database.dataSource());
        assertThat(query.valueOf("select to_regclass('same_table')")).isNull();

        query.execute("create table same_table as select 1 as id");
    }
}
