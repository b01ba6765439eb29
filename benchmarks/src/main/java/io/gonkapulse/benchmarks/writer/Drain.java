package io.gonkapulse.benchmarks.writer;

import io.gonkapulse.statswriter.StatsWriterConfiguration;
import io.gonkapulse.testkit.local.LocalDatabase;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The service as it runs, with a backlog. */
final class Drain {

    private static final long BETWEEN_LOOKS = Duration.ofMillis(5).toNanos();

    private static final String APPLIED = """
            select coalesce(sum(next_offset), 0)
              from consumer_offsets
             where topic = 'tracker.snapshots'
            """;

    private final String bootstrapServers;
    private final String jdbcUrl;
    private final JdbcTemplate jdbc;

    Drain(String bootstrapServers, String jdbcUrl) {
        this.bootstrapServers = bootstrapServers;
        this.jdbcUrl = jdbcUrl;
        this.jdbc = new JdbcTemplate(new DriverManagerDataSource(jdbcUrl, LocalDatabase.USERNAME, ""));
    }

    /** The tables keep all nodes; positions, and the versions that would make everything superseded, are forgotten. */
    void forget() {
        jdbc.execute("delete from consumer_offsets");
        forgetSnapshots();
    }

    /** Of a backlog that was drained, the last so-manieth is to be drained again. */
    void forgetLast(int part) {
        jdbc.update("update consumer_offsets set next_offset = next_offset - next_offset / ?", part);
        forgetSnapshots();
    }

    private void forgetSnapshots() {
        jdbc.execute("update node_facts set fetched_at = null");
        jdbc.execute("delete from node_health_hourly");
        jdbc.execute("vacuum analyze");
    }

    static ConfigurableApplicationContext start(String bootstrapServers, String jdbcUrl) {
        return new SpringApplicationBuilder(StatsWriterConfiguration.class)
                .registerShutdownHook(false)
                .run(
                        "--spring.config.name=stats-writer",
                        "--server.port=0",
                        "--spring.kafka.bootstrap-servers=" + bootstrapServers,
                        "--spring.datasource.url=" + jdbcUrl,
                        "--spring.datasource.username=" + LocalDatabase.USERNAME,
                        "--spring.datasource.password=");
    }

    /** Records per second, from the moment at which the consumers have their partitions. */
    double run(int records) {
        ConfigurableApplicationContext writer = start(bootstrapServers, jdbcUrl);
        try {
            awaitRow();
            long begin = System.nanoTime();
            awaitApplied(records);
            return records * 1e9 / (System.nanoTime() - begin);
        } finally {
            writer.close();
        }
    }

    /** A consumer makes its rows when it gets its partitions, and fetches after that. */
    private void awaitRow() {
        while (jdbc.queryForList("select 1 from consumer_offsets where topic = 'tracker.snapshots'")
                .isEmpty()) {
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }

    private void awaitApplied(long records) {
        Long applied = 0L;
        while (applied == null || applied < records) {
            LockSupport.parkNanos(BETWEEN_LOOKS);
            applied = jdbc.queryForObject(APPLIED, Long.class);
        }
    }
}
