package io.gonkapulse.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.testkit.junit.BrokerServer.EmbeddedBroker;
import io.gonkapulse.testkit.junit.DatabaseServer.EmbeddedDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("broker")
class EmbeddedServersTest {

    @Test
    void closedBrokerLeavesNoFiles() {
        EmbeddedBroker broker = EmbeddedBroker.create();
        broker.start();
        assertThat(broker.directory().path()).isNotEmptyDirectory();

        broker.close();

        assertThat(broker.directory().path()).doesNotExist();
    }

    @Test
    void closedDatabaseLeavesNoFiles() {
        EmbeddedDatabase database = EmbeddedDatabase.create();
        database.start();
        assertThat(database.directory().path()).isNotEmptyDirectory();

        database.close();

        assertThat(database.directory().path()).doesNotExist();
    }
}
