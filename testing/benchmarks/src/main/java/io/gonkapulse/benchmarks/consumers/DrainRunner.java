package io.gonkapulse.benchmarks.consumers;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.localservers.LocalDatabase;
import io.gonkapulse.statswriter.StatsWriterConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Drains a backlog with the production service. */
final class DrainRunner {

    private static final String GROUP = "stats-writer";
    /** The default of the service. */
    private static final int CONSUMERS = 2;

    private static final long CHECK_INTERVAL_NANOS = Duration.ofMillis(5).toNanos();

    private static final String APPLIED = """
            select coalesce(sum(next_offset), 0)
              from consumer_offsets
             where topic = 'tracker.snapshots'
            """;

    private final String bootstrapServers;
    private final String jdbcUrl;
    private final JdbcTemplate jdbc;

    DrainRunner(String bootstrapServers, String jdbcUrl) {
        this.bootstrapServers = bootstrapServers;
        this.jdbcUrl = jdbcUrl;
        this.jdbc = new JdbcTemplate(new DriverManagerDataSource(jdbcUrl, LocalDatabase.USERNAME, ""));
    }

    /** Deletes offsets and versions; otherwise every snapshot would be superseded. Nodes stay. */
    void resetOffsets() {
        jdbc.execute("delete from consumer_offsets");
        clearSnapshots();
    }

    /** Rewinds a drained backlog by this fraction. */
    void rewindOffsets(int fraction) {
        jdbc.update("update consumer_offsets set next_offset = next_offset - next_offset / ?", fraction);
        clearSnapshots();
    }

    private void clearSnapshots() {
        jdbc.execute("update node_facts set fetched_at = null");
        jdbc.execute("delete from node_health_hourly");
        jdbc.execute("vacuum analyze");
    }

    /** Flushes dirty pages, which would slow down the next measurement. */
    void checkpoint() {
        jdbc.execute("vacuum analyze");
        jdbc.execute("checkpoint");
    }

    /** Spring arguments of the service, with a free port for its meters. */
    static List<String> serviceArguments(String bootstrapServers, String jdbcUrl) {
        return List.of(
                "--spring.config.name=stats-writer",
                "--server.port=0",
                "--spring.kafka.bootstrap-servers=" + bootstrapServers,
                // The group forms before much of the backlog is drained.
                "--spring.kafka.consumer.heartbeat-interval=100ms",
                "--spring.datasource.url=" + jdbcUrl,
                "--spring.datasource.username=" + LocalDatabase.USERNAME,
                "--spring.datasource.password=");
    }

    /**
     * Returns records per second. Starts to measure when both consumers have partitions and the next batch is
     * applied, because forming the group takes seconds.
     */
    double run(int records) {
        ConfigurableApplicationContext writer = new SpringApplicationBuilder(StatsWriterConfiguration.class)
                .registerShutdownHook(false)
                .run(serviceArguments(bootstrapServers, jdbcUrl).toArray(String[]::new));
        try {
            awaitOffsets();
            BenchmarkServers.awaitMembers(bootstrapServers, GROUP, KafkaTopic.SNAPSHOTS.name(), CONSUMERS);
            long before = awaitAppliedAbove(applied());
            long begin = System.nanoTime();
            awaitAppliedAbove(records - 1L);
            return (records - before) * 1e9 / (System.nanoTime() - begin);
        } finally {
            writer.close();
        }
    }

    /** A consumer creates its rows when partitions are assigned, so then the group exists. */
    private void awaitOffsets() {
        while (jdbc.queryForList("select 1 from consumer_offsets where topic = 'tracker.snapshots'")
                .isEmpty()) {
            LockSupport.parkNanos(CHECK_INTERVAL_NANOS);
        }
    }

    private long awaitAppliedAbove(long records) {
        long applied = applied();
        while (applied <= records) {
            LockSupport.parkNanos(CHECK_INTERVAL_NANOS);
            applied = applied();
        }
        return applied;
    }

    private long applied() {
        Long applied = jdbc.queryForObject(APPLIED, Long.class);
        return applied == null ? 0 : applied;
    }
}
