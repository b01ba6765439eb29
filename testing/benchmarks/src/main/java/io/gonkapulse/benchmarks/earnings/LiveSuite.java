package io.gonkapulse.benchmarks.earnings;

import io.gonkapulse.benchmarks.process.BrokerMain;
import io.gonkapulse.benchmarks.process.ForkClassPath;
import io.gonkapulse.benchmarks.process.ForkedProcess;
import io.gonkapulse.benchmarks.results.EffortLevel;
import io.gonkapulse.localservers.DisposableDirectory;
import io.gonkapulse.localservers.LocalDatabase;
import io.gonkapulse.migrations.MigrationRunner;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
import java.nio.file.Path;
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

    private static final String DATABASE = "benchmark";
    private static final List<String> BROKER_OPTIONS = List.of("-Xmx512m");
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
        return new LiveCostTable(costs).render();
    }

    private static List<DatasetSize> sizes(EffortLevel effort) {
        String configured = System.getProperty("benchmarks.live.sizes", "");
        if (!configured.isEmpty()) {
            return Arrays.stream(configured.split(",", -1)).map(DatasetSize::of).toList();
        }
        return effort == EffortLevel.QUICK ? List.of(new DatasetSize(100, 3)) : SIZES;
    }

    private LiveCost measure(DatasetSize size, MeasurementPlan plan) {
        try (DisposableDirectory home =
                        DisposableDirectory.createIn(Path.of(System.getProperty("java.io.tmpdir")), "live");
                ForkedProcess broker = ForkedProcess.start(
                        BROKER_OPTIONS,
                        BrokerMain.class,
                        home.path().resolve("kafka").toString(),
                        BrokerMain.WITH_TOPICS);
                LocalDatabase database = LocalDatabase.durable(home.path().resolve("postgres"), 0)
                        .start()) {
            database.createDatabaseIfMissing(DATABASE);
            MigrationRunner.migrate(
                    DatabaseSettings.of(database.host(), database.port(), DATABASE, LocalDatabase.USERNAME, null),
                    line -> {});
            String url = database.jdbcUrl(DATABASE);
            new EarningsHistoryGenerator(url, LocalDatabase.USERNAME).create(size.nodes(), size.days(), EPOCH);
            String servers = broker.nextReport();
            try (SnapshotLoadGenerator load = new SnapshotLoadGenerator(servers, size.nodes(), EPOCH, clock)) {
                load.send((int)
                        (SnapshotLoadGenerator.PER_SECOND * plan.backlogTime().toSeconds()));
                try (ForkedProcess service =
                        ForkedProcess.start(SERVICE_OPTIONS, EarningsServiceMain.class, servers, url)) {
                    service.nextReport();
                    return measure(size, plan, load, service, url, servers);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Could not measure the live consumer", e);
        }
    }

    private static LiveCost measure(
            DatasetSize size,
            MeasurementPlan plan,
            SnapshotLoadGenerator load,
            ForkedProcess service,
            String url,
            String servers)
            throws SQLException {
        try (LiveConsumerMonitor monitor = new LiveConsumerMonitor(url, LocalDatabase.USERNAME, servers)) {
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
}
