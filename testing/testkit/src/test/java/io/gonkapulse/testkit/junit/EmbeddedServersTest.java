package io.gonkapulse.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmbeddedServersTest {

    @Test
    void aClosedBrokerLeavesNoFiles() {
        EmbeddedBroker broker = EmbeddedBroker.create();
        broker.start();
        assertThat(broker.home().path()).isNotEmptyDirectory();

        broker.close();

        assertThat(broker.home().path()).doesNotExist();
    }

    @Test
    void aClosedDatabaseLeavesNoFiles() {
        EmbeddedDatabase database = EmbeddedDatabase.create();
        database.start();
        assertThat(database.home().path()).isNotEmptyDirectory();

        database.close();

        assertThat(database.home().path()).doesNotExist();
    }
}
