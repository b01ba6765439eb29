package io.gonkapulse.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.localservers.TextRecordClient;
import org.junit.jupiter.api.Test;

/** Two test classes are this; whichever runs second finds nothing of what the first has left under the same names. */
@RealInfrastructure
interface ClassIsolationContract {

    @Test
    default void startsWithoutTopicsOrGroups(TestBroker broker) throws Exception {
        TextRecordClient records = new TextRecordClient(broker.bootstrapServers());
        assertThat(records.topics()).isEmpty();
        assertThat(records.groups()).isEmpty();

        String own = getClass().getSimpleName();
        broker.createTopic("same-topic", 1);
        records.write("same-topic", own);
        assertThat(records.read("same-topic", "same-group", 1)).containsExactly(own);
        records.write("same-topic", own + " unread");
    }

    @Test
    default void startsWithoutTables(TestDatabase database) throws Exception {
        SqlRunner query = new SqlRunner(database.dataSource());
        assertThat(query.valueOf("select to_regclass('same_table')")).isNull();

        query.execute("create table same_table as select 1 as id");
    }
}
