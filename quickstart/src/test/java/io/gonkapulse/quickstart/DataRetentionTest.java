package io.gonkapulse.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one start leaves for the next one. */
@Tag("process")
class DataRetentionTest {

    /** The size of the network is irrelevant here. */
    private static final String FEW_NODES = "--nodes=3";

    /** The servers keep the data; the first start shows that all services stop before them. */
    private static final String ONE_SERVICE = "--only=stats-writer";

    @TempDir
    private Path home;

    @Test
    void keepsDataUntilFreshStart() throws Exception {
        createDataAndStop();
        verifyDataAndKill();
        verifyDataAfterKill();
        startFresh();
    }

    private void createDataAndStop() throws Exception {
        try (QuickstartProcess first = start()) {
            try (Connection connection = first.database();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table sample as select 1 as one");
            }
            try (Admin admin = first.admin()) {
                admin.createTopics(List.of(new NewTopic("sample", 1, (short) 1)))
                        .all()
                        .get();
            }
            first.terminate();

            assertThat(first.outputText()).containsPattern("Schema +version \\d+, [1-9]\\d* applied now");
            assertThat(first.outputText()).containsSubsequence("Stopping", "Kafka", "stopped", "PostgreSQL", "stopped");
            assertThat(postgresProcesses()).isEmpty();
        }
    }

    private void verifyDataAndKill() throws Exception {
        try (QuickstartProcess second = start(ONE_SERVICE)) {
            assertDataExists(second);
            assertThat(second.outputText()).containsPattern("Schema +version \\d+, 0 applied now");
            second.kill();
        }
    }

    private void verifyDataAfterKill() throws Exception {
        List<Long> orphans = postgresProcesses();
        assertThat(orphans).isNotEmpty();
        try (QuickstartProcess third = start(ONE_SERVICE)) {
            assertDataExists(third);
            assertThat(postgresProcesses()).isNotEmpty().doesNotContainAnyElementsOf(orphans);
            third.terminate();
            assertThat(postgresProcesses()).isEmpty();
        }
    }

    private void startFresh() throws Exception {
        try (QuickstartProcess fourth = start(ONE_SERVICE, "--fresh")) {
            assertThat(topics(fourth)).doesNotContain("sample");
            assertThat(fourth.count("select count(*) from pg_tables where tablename = 'sample'"))
                    .isZero();
            fourth.terminate();
        }
    }

    private QuickstartProcess start(String... options) {
        String[] all = Stream.concat(Stream.of(QuickstartProcess.OWN_PROGRAMS, FEW_NODES), Stream.of(options))
                .toArray(String[]::new);
        return QuickstartProcess.startAndAwaitReady(data(), all);
    }

    private static void assertDataExists(QuickstartProcess quickstart)
            throws SQLException, ExecutionException, InterruptedException {
        assertThat(quickstart.count("select count(*) from sample")).isEqualTo(1);
        assertThat(topics(quickstart)).contains("sample");
    }

    private static Set<String> topics(QuickstartProcess quickstart) throws ExecutionException, InterruptedException {
        try (Admin admin = quickstart.admin()) {
            return admin.listTopics().names().get();
        }
    }

    private Path data() {
        return home.resolve("data");
    }

    private List<Long> postgresProcesses() {
        return QuickstartProcess.postgresProcessesIn(data());
    }
}
