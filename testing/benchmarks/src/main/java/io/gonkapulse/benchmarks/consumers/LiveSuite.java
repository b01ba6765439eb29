package io.gonkapulse.benchmarks.consumers;

import io.gonkapulse.benchmarks.harness.EffortLevel;
import io.gonkapulse.benchmarks.harness.ForkClassPath;
import io.gonkapulse.benchmarks.harness.ForkedProcess;
import io.gonkapulse.benchmarks.harness.MarkdownTable;
import io.gonkapulse.benchmarks.harness.ServiceMain;
import io.gonkapulse.earningsaggregator.EarningsAggregatorConfiguration;
import io.gonkapulse.localservers.LocalDatabase;
import io.gonkapulse.servicekit.observability.PulseMeter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures the aggregator's live consumer under a steady stream of snapshots, after a backlog, with different amounts
 * of history. Broker, database and service are separate processes.
 */
public final class LiveSuite {

    /** Far from zero, so that epochs of five years of history are positive. */
    private static final long EPOCH = 10_000;

    private static final List<String> SERVICE_OPTIONS = List.of("-Xmx512m");
    /** Varies nodes without history, and history with a fixed number of nodes. */
    private static final List<DatasetSize> SIZES = List.of(
            new DatasetSize(1_000, 0),
            new DatasetSize(1_000, 365),
            new DatasetSize(1_000, 5 * 365),
            new DatasetSize(10_000, 0),
            new DatasetSize(10_000, 365),
            new DatasetSize(100_000, 0),
            new DatasetSize(1_000_000, 0));

    private final InstantSource clock;

    /** @param days days of history */
    private record DatasetSize(int nodes, int days) {

        static DatasetSize of(String text) {
            String[] parts = text.split("x", 2);
            return new DatasetSize(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,d nodes, %,d days of history", nodes, days);
        }
    }

    /** Durations of one measurement. The warm-up matters: a cold JVM needs several times the processor time. */
    private record MeasurementPlan(Duration backlogTime, Duration warmupTime, Duration measuredTime) {

        static MeasurementPlan forEffort(EffortLevel effort) {
            return effort == EffortLevel.QUICK
                    ? new MeasurementPlan(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(2))
                    : new MeasurementPlan(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(30));
        }
    }

    public LiveSuite(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns the costs as a table. */
    public String run(EffortLevel effort) {
        ForkClassPath.prepare();
        List<LiveCost> costs = new ArrayList<>();
        for (DatasetSize size : sizes(effort)) {
            costs.add(measure(size, MeasurementPlan.forEffort(effort)));
        }
        MarkdownTable table = new MarkdownTable(
                "| earnings-aggregator, live | snapshots a second | service, % of one core | service, µs a snapshot "
                        + "| PostgreSQL, µs a snapshot | max lag, records | backlog applied after, s "
                        + "| history verified after, s |",
                "|---|---:|---:|---:|---:|---:|---:|---:|", "| %s | %,.0f | %.1f | %.0f | %.0f | %,d | %.1f | %.1f |");
        costs.forEach(row -> table.row(
                row.label(),
                row.perSecond(),
                100 * row.serviceCpuShare(),
                row.serviceMicros(),
                row.databaseMicros(),
                row.maxLag(),
                row.backlogTime().toMillis() / 1e3,
                row.verificationTime().toMillis() / 1e3));
        return table.render();
    }

    private static List<DatasetSize> sizes(EffortLevel effort) {
        String configured = System.getProperty("benchmarks.live.sizes", "");
        if (!configured.isEmpty()) {
            return Arrays.stream(configured.split(",", -1)).map(DatasetSize::of).toList();
        }
        return effort == EffortLevel.QUICK ? List.of(new DatasetSize(100, 3)) : SIZES;
    }

    private LiveCost measure(DatasetSize size, MeasurementPlan plan) {
        try (BenchmarkServers servers = BenchmarkServers.withTopics()) {
            new EarningsHistoryGenerator(servers.jdbcUrl(), LocalDatabase.USERNAME)
                    .create(size.nodes(), size.days(), EPOCH);
            try (SnapshotLoadGenerator load =
                    new SnapshotLoadGenerator(servers.bootstrapServers(), size.nodes(), EPOCH, clock)) {
                load.send((int)
                        (SnapshotLoadGenerator.PER_SECOND * plan.backlogTime().toSeconds()));
                try (ForkedProcess service =
                        ForkedProcess.start(SERVICE_OPTIONS, ServiceMain.class, serviceArguments(servers))) {
                    service.nextReport();
                    return measure(size, plan, load, service, servers);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Could not measure the live consumer", e);
        }
    }

    /** The service reports the number of differences that its initial verification found. */
    private static String[] serviceArguments(BenchmarkServers servers) {
        return new String[] {
            EarningsAggregatorConfiguration.class.getName(),
            "--" + ServiceMain.AWAITED_GAUGE + "=" + PulseMeter.EARNINGS_DIFFERENCES.id(),
            "--spring.config.name=earnings-aggregator",
            "--server.port=0",
            "--spring.kafka.bootstrap-servers=" + servers.bootstrapServers(),
            "--spring.datasource.url=" + servers.jdbcUrl(),
            "--spring.datasource.username=" + LocalDatabase.USERNAME,
            "--spring.datasource.password="
        };
    }

    private static LiveCost measure(
            DatasetSize size,
            MeasurementPlan plan,
            SnapshotLoadGenerator load,
            ForkedProcess service,
            BenchmarkServers servers)
            throws SQLException {
        try (LiveConsumerMonitor monitor =
                new LiveConsumerMonitor(servers.jdbcUrl(), LocalDatabase.USERNAME, servers.bootstrapServers())) {
            long begin = System.nanoTime();
            load.start();
            monitor.awaitCaughtUp();
            Duration backlog = Duration.ofNanos(System.nanoTime() - begin);
            requireNoDifferences(service.nextReport());
            Duration verified = Duration.ofNanos(System.nanoTime() - begin);
            monitor.maxLagDuring(plan.warmupTime());
            long applied = monitor.appliedOffsets();
            Duration serviceBefore = service.cpuTime();
            Duration databaseBefore = monitor.databaseCpuTime();
            long start = System.nanoTime();
            long lag = monitor.maxLagDuring(plan.measuredTime());
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            return new LiveCost(
                    size.toString(),
                    backlog,
                    verified,
                    lag,
                    monitor.appliedOffsets() - applied,
                    service.cpuTime().minus(serviceBefore),
                    monitor.databaseCpuTime().minus(databaseBefore),
                    time);
        }
    }

    /** A generator that breaks the rules of the ledger would make the measurement meaningless. */
    private static void requireNoDifferences(String differences) {
        if (!differences.equals("0")) {
            throw new IllegalStateException("The generated history is inconsistent: the service found " + differences
                    + " differences between history and ledger");
        }
    }

    /**
     * Cost of following a stream of snapshots.
     *
     * @param label number of nodes and days of history
     * @param backlogTime time until the backlog was applied, under load
     * @param verificationTime time until the whole history was verified, under load
     * @param maxLag most unapplied records while measuring
     * @param snapshots snapshots applied while measuring
     * @param serviceCpu processor time of the service
     * @param databaseCpu processor time of PostgreSQL
     * @param measuredTime duration of the measurement
     */
    private record LiveCost(
            String label,
            Duration backlogTime,
            Duration verificationTime,
            long maxLag,
            long snapshots,
            Duration serviceCpu,
            Duration databaseCpu,
            Duration measuredTime) {

        double serviceCpuShare() {
            return (double) serviceCpu.toNanos() / measuredTime.toNanos();
        }

        double perSecond() {
            return snapshots * 1e9 / measuredTime.toNanos();
        }

        double serviceMicros() {
            return serviceCpu.toNanos() / 1e3 / snapshots;
        }

        double databaseMicros() {
            return databaseCpu.toNanos() / 1e3 / snapshots;
        }
    }
}
