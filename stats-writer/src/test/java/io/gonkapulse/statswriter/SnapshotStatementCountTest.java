package io.gonkapulse.statswriter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.statswriter.snapshot.SnapshotBatchHandler;
import io.gonkapulse.statswriter.snapshot.SnapshotWriter;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.TestMessages;
import io.gonkapulse.workercore.replay.ReplayBatchProcessor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** Counts the statements of a batch. Advancing the consumer offset adds one more in the same transaction. */
@RealInfrastructure
class SnapshotStatementCountTest {

    private final Instant now = InstantSource.system().instant();
    private final List<String> statements = new ArrayList<>();

    @BeforeAll
    static void createSchema(TestDatabase database) {
        StatsWriterFixture.createSchema(database);
    }

    @Test
    void usesOneStatementPerTable(TestDatabase database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            ReplayBatchProcessor<?> application = replayProcessor(connection);

            apply(application, 5_000, 0);
            assertThat(statements).as("statements with unknown nodes").hasSize(5);

            apply(application, 5_000, 1);
            assertThat(statements)
                    .satisfiesExactly(this::writesHealth, this::writesWeights, this::writesNewest, this::commits);

            apply(application, 1, 2);
            assertThat(statements)
                    .satisfiesExactly(this::writesHealth, this::writesWeights, this::writesNewest, this::commits);
        }
    }

    private void writesHealth(String statement) {
        assertThat(statement).contains("insert into node_health_hourly");
    }

    private void writesWeights(String statement) {
        assertThat(statement).contains("insert into node_daily");
    }

    private void writesNewest(String statement) {
        assertThat(statement).contains("insert into node_facts", "insert into node_stats_cache", "update nodes");
    }

    private void commits(String statement) {
        assertThat(statement).isEqualTo("commit");
    }

    private void apply(ReplayBatchProcessor<?> application, int nodes, int minute) {
        statements.clear();
        List<LiveSnapshot> snapshots = IntStream.range(0, nodes)
                .mapToObj(number -> TestMessages.live()
                        .node(TestMessages.node(number))
                        .at(now.plusSeconds(60L * minute))
                        .build())
                .toList();
        ReplayBatchProcessor.ReplayBatchResult outcome = application.apply(StatsTablesFixture.batch(snapshots));
        assertThat(outcome).isEqualTo(new ReplayBatchProcessor.ReplayBatchResult(nodes, 0));
    }

    private ReplayBatchProcessor<?> replayProcessor(Connection connection) {
        SingleConnectionDataSource source = new SingleConnectionDataSource(counting(connection), true);
        SnapshotWriter writer =
                new SnapshotWriter(new JdbcTemplate(source), Duration.ofDays(90), InstantSource.system());
        return new ReplayBatchProcessor<>(
                new SnapshotBatchHandler(writer, Duration.ofMinutes(3)),
                new TransactionTemplate(new DataSourceTransactionManager(source)),
                StatsTablesFixture.CONSUMER_PROPERTIES);
    }

    /** The driver sends begin together with the first statement. */
    private Connection counting(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        statements.add("commit");
                    } else if (method.getName().matches("prepare.*|createStatement")) {
                        statements.add(arguments == null ? "" : String.valueOf(arguments[0]));
                    }
                    return invoke(connection, method, arguments);
                });
    }

    private static Object invoke(Connection connection, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
