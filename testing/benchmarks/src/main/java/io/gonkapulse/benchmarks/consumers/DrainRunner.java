package io.gonkapulse.benchmarks.consumers;

import io.gonkapulse.benchmarks.harness.ForkedProcess;
import io.gonkapulse.benchmarks.harness.ServiceMain;
import io.gonkapulse.localservers.LocalDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Drains a backlog with a production service. Not thread-safe. */
final class DrainRunner implements AutoCloseable {

    /** The default of the service. */
    private static final int CONSUMERS = 2;

    private static final long CHECK_INTERVAL_NANOS = Duration.ofMillis(5).toNanos();

    private static final String APPLIED = "select coalesce(sum(next_offset), 0) from %s where topic = ?";

    private final DrainedService service;
    private final String bootstrapServers;
    private final String jdbcUrl;
    private final SingleConnectionDataSource dataSource;
    private final JdbcTemplate jdbc;

    DrainRunner(DrainedService service, String bootstrapServers, String jdbcUrl) {
        this.service = service;
        this.bootstrapServers = bootstrapServers;
        this.jdbcUrl = jdbcUrl;
        // A new connection for each look at the offsets would cost the server more than the looks.
        this.dataSource = new SingleConnectionDataSource(jdbcUrl, LocalDatabase.USERNAME, "", true);
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /** Deletes the offsets and what the service stored. */
    void resetOffsets() {
        jdbc.update("delete from " + service.offsets());
        clear();
    }

    /** Rewinds a drained backlog by this fraction. */
    void rewindOffsets(int fraction) {
        jdbc.update("update " + service.offsets() + " set next_offset = next_offset - next_offset / ?", fraction);
        clear();
    }

    private void clear() {
        service.clearStatements().forEach(jdbc::execute);
        jdbc.execute("vacuum analyze");
    }

    /** Starts the service alone in a JVM, after dirty pages are flushed: they would slow it down. */
    ForkedProcess startService(List<String> jvmOptions) {
        jdbc.execute("vacuum analyze");
        jdbc.execute("checkpoint");
        return ForkedProcess.start(
                jvmOptions,
                ServiceMain.class,
                Stream.concat(Stream.of(service.configuration().getName()), serviceArguments().stream())
                        .toArray(String[]::new));
    }

    /** Spring arguments of the service, with a free port for its meters. */
    private List<String> serviceArguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.config.name=" + service.group(),
                "--server.port=0",
                "--spring.kafka.bootstrap-servers=" + bootstrapServers,
                // The group forms before much of the backlog is drained.
                "--spring.kafka.consumer.heartbeat-interval=100ms",
                "--spring.datasource.url=" + jdbcUrl,
                "--spring.datasource.username=" + LocalDatabase.USERNAME,
                "--spring.datasource.password="));
        arguments.addAll(service.arguments());
        return arguments;
    }

    /**
     * Returns records per second. Starts to measure when both consumers have partitions and the next batch is
     * applied, because forming the group takes seconds.
     */
    double run(int records) {
        ConfigurableApplicationContext running = new SpringApplicationBuilder(service.configuration())
                .registerShutdownHook(false)
                .run(serviceArguments().toArray(String[]::new));
        try {
            awaitOffsets();
            BenchmarkServers.awaitMembers(
                    bootstrapServers, service.group(), service.topic().name(), CONSUMERS);
            long before = awaitAppliedAbove(applied());
            long begin = System.nanoTime();
            awaitAppliedAbove(records - 1L);
            return (records - before) * 1e9 / (System.nanoTime() - begin);
        } finally {
            running.close();
        }
    }

    /** A consumer creates its rows when partitions are assigned, so then the group exists. */
    private void awaitOffsets() {
        while (jdbc.queryForList(
                        "select 1 from " + service.offsets() + " where topic = ?",
                        service.topic().name())
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
        Long applied = jdbc.queryForObject(
                APPLIED.formatted(service.offsets()),
                Long.class,
                service.topic().name());
        return applied == null ? 0 : applied;
    }

    @Override
    public void close() {
        dataSource.destroy();
    }
}
