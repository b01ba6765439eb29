package io.gonkapulse.benchmarks.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.localservers.LocalDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class ApiDataGeneratorTest {

    private static final int NODES = 20;

    @Test
    void createsYearOfEpochs(@TempDir Path home) throws SQLException {
        try (LocalDatabase database =
                LocalDatabase.fast(home.resolve("postgres"), 0).start()) {
            new ApiDataGenerator(database, NODES).createIfMissing();

            assertThat(value(database, "select count(*) from epoch_totals where nodes = " + NODES))
                    .isEqualTo(340);
            assertThat(value(database, "select count(*) from epoch_settlements where claim = 'unclaimed'"))
                    .as("one of twenty nodes in the newest two epochs")
                    .isEqualTo(2);
            assertThat(value(database, "select count(*) from epoch_settlements where claim = 'forfeited'"))
                    .as("one of twenty nodes in the others")
                    .isEqualTo(338);
            assertThat(value(database, "select count(*) from settlement_ranks")).isEqualTo(340 * NODES);
            assertThat(value(database, "select count(*) from unranked_epochs")).isZero();
            assertThat(value(database, "select count(*) from current_node_stats where status = 'healthy'"))
                    .isEqualTo(NODES);
            assertThat(value(database, "select min(weight) from node_daily")).isPositive();
        }
    }

    private static long value(LocalDatabase database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        database.jdbcUrl(ApiDataGenerator.DATABASE), LocalDatabase.USERNAME, "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
