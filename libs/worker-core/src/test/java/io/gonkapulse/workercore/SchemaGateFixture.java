package io.gonkapulse.workercore;

import io.gonkapulse.servicekit.schema.SchemaVersionCheck;
import io.gonkapulse.servicekit.schema.SchemaVersionRange;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.workercore.consumer.TopicConsumer;
import java.time.Duration;
import java.util.List;

/** Creates gates that accept any schema and check it often. */
final class SchemaGateFixture {

    private static final Duration INTERVAL = Duration.ofMillis(50);

    private SchemaGateFixture() {}

    static SchemaGate createGate(TestDatabase database, SchemaGate.TopicSetup topics, TopicConsumer consumer) {
        return new SchemaGate(
                new SchemaVersionCheck(database.dataSource(), new SchemaVersionRange(1, 1_000)),
                topics,
                List.of(consumer),
                INTERVAL,
                INTERVAL,
                true);
    }
}
