package io.gonkapulse.benchmarks.api;

import io.gonkapulse.benchmarks.api.LatencyTable.LatencyRow;
import io.gonkapulse.benchmarks.harness.EffortLevel;
import io.gonkapulse.benchmarks.harness.ForkClassPath;
import io.gonkapulse.benchmarks.harness.ForkedProcess;
import io.gonkapulse.benchmarks.harness.ResultRow;
import io.gonkapulse.localservers.DisposableDirectory;
import io.gonkapulse.localservers.LocalDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Measures the routes of jobs at a fixed rate, and beside pgbench with the main statement of each. */
public final class JobApiSuite {

    private static final int CLIENTS = 4;
    /** Connections for a fixed rate: slow responses must not delay later requests. */
    private static final int MANY_CLIENTS = 64;

    private static final int WARMUP_SECONDS = 10;

    private final List<LatencyRow> latencies = new ArrayList<>();
    private final List<ResultRow> rows = new ArrayList<>();

    public List<ResultRow> run(EffortLevel effort) {
        ForkClassPath.prepare();
        String directory = System.getProperty("benchmarks.jobs-api.home", "");
        try {
            if (directory.isEmpty()) {
                try (DisposableDirectory home =
                        DisposableDirectory.createIn(Path.of(System.getProperty("java.io.tmpdir")), "jobs-api")) {
                    measureIn(home.path(), effort);
                }
            } else {
                measureIn(Files.createDirectories(Path.of(directory)), effort);
            }
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("Could not measure the API of jobs", e);
        }
        return rows;
    }

    /** Latencies of the last run as a table, from the scheduled time of each request. */
    public String latencies() {
        return LatencyTable.render(latencies);
    }

    private void measureIn(Path home, EffortLevel effort) throws SQLException {
        boolean quick = effort == EffortLevel.QUICK;
        int jobs = Integer.getInteger("benchmarks.jobs-api.jobs", quick ? 20_000 : 10_000_000);
        Path directory = home.resolve("postgres");
        try (LocalDatabase database = LocalDatabase.durable(directory, 0)
                // A small production server: with the 64 MB of tests the sums of a few days do not fit.
                .withSettings("max_wal_size=8GB", "shared_buffers=1GB")
                .start()) {
            new JobDataGenerator(database, jobs).createIfMissing();
            if (Boolean.getBoolean("benchmarks.jobs-api.only-data")) {
                return;
            }
            // Each request runs its statements.
            try (ForkedProcess gateway =
                    ApiSuite.startGateway(database, "gateway.cache-ttl=0s", "gateway.public=jobs")) {
                JobLoad load = new JobLoad(
                        Integer.parseInt(gateway.nextReport()),
                        jobs,
                        Integer.getInteger("benchmarks.jobs-api.seconds", 5 * effort.seconds()),
                        quick ? 1 : WARMUP_SECONDS);
                LoggedStatementReader statements =
                        new LoggedStatementReader(database, directory.resolve("postgres.log"));
                for (MeasuredJobRoute route : routes()) {
                    measure(route, load, statements, new PgbenchRunner(database, home));
                    System.err.print(ResultRow.render(rows) + latencies());
                }
            }
        }
    }

    private static List<MeasuredJobRoute> routes() {
        String names = System.getProperty("benchmarks.jobs-api.routes", "");
        return names.isEmpty()
                ? List.of(MeasuredJobRoute.values())
                : Stream.of(names.split(",", -1)).map(MeasuredJobRoute::valueOf).toList();
    }

    private void measure(MeasuredJobRoute route, JobLoad load, LoggedStatementReader statements, PgbenchRunner pgbench)
            throws SQLException {
        load.run(route, CLIENTS, 0, load.warmupSeconds);
        String sql = statements.read(route.sqlMarker(), () -> load.run(route, 1, 0, 1));
        ResultRow database = ResultRow.of(
                route.label() + ": pgbench -M prepared (limit)",
                List.of(pgbench.transactionsPerSecond("", sql, CLIENTS, load.seconds)));
        ResultRow full = ResultRow.of(
                route.label() + ": API",
                List.of(load.run(route, CLIENTS, 0, load.seconds).successPerSecond()));
        rows.add(database);
        rows.add(full.comparedWith(database));
        double perSecond = Double.parseDouble(System.getProperty("benchmarks.jobs-api.rate", "20"));
        latencies.add(new LatencyRow(
                route.label(), perSecond, List.of(load.run(route, MANY_CLIENTS, perSecond, load.seconds))));
    }

    private record JobLoad(int port, int jobs, int seconds, int warmupSeconds) {

        LoadOptions.LoadResult run(MeasuredJobRoute route, int clients, double perSecond, int runSeconds) {
            LoadOptions load = new LoadOptions(port, route, jobs, clients, perSecond, false, 1, runSeconds);
            try (ForkedProcess program =
                    ForkedProcess.start(ApiSuite.LOAD_OPTIONS, LoadGeneratorMain.class, load.toArguments())) {
                return LoadOptions.LoadResult.parse(program.allReports().get(0));
            }
        }
    }
}
