package io.gonkapulse.benchmarks.earnings;

import io.gonkapulse.benchmarks.fork.ForkClassPath;
import io.gonkapulse.benchmarks.fork.ForkedProgram;
import io.gonkapulse.benchmarks.poller.BrokerMain;
import io.gonkapulse.benchmarks.results.Effort;
import io.gonkapulse.migrations.Migrations;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
import io.gonkapulse.testkit.local.DisposableHome;
import io.gonkapulse.testkit.local.LocalDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The live consumer of earnings under a steady stream of snapshots, after a backlog, with more and with less history in the
 * tables. The broker, the database and the service are processes of their own.
 */
public final class LiveSuite {

    private static final long EPOCH = 10_000;
    private static final String DATABASE = "benchmark";
    private static final List<String> BROKER_OPTIONS = List.of("-Xmx512m");
    private static final List<String> SERVICE_OPTIONS = List.of("-Xmx512m");
    private static final List<Size> SIZES = List.of(
            new Size(1_000, 0),
            new Size(1_000, 365),
            new Size(1_000, 5 * 365),
            new Size(10_000, 0),
            new Size(10_000, 365),
            new Size(100_000, 0),
            new Size(1_000_000, 0));

    private final InstantSource clock;

    /** @param days of history */
    private record Size(int nodes, int days) {

        static Size of(String text) {
            String[] parts = text.split("x", 2);
            return new Size(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,d nodes, %,d days of history", nodes, days);
        }
    }

    public LiveSuite(InstantSource clock) {
        this.clock = clock;
    }

    /** Costs, as a table. */
    public String run(Effort effort) {
        ForkClassPath.prepare();
        List<LiveCost> costs = new ArrayList<>();
        for (Size size : sizes(effort)) {
            costs.add(measure(size, LiveRound.of(effort)));
        }
        return new LiveCostTable(costs).render();
    }

    private static List<Size> sizes(Effort effort) {
        String asked = System.getProperty("benchmarks.live.sizes", "");
        if (!asked.isEmpty()) {
            return Arrays.stream(asked.split(",", -1)).map(Size::of).toList();
        }
        return effort == Effort.QUICK ? List.of(new Size(100, 3)) : SIZES;
    }

    private LiveCost measure(Size size, LiveRound round) {
        try (DisposableHome home = DisposableHome.in(Path.of(System.getProperty("java.io.tmpdir")), "live");
                ForkedProgram broker = ForkedProgram.start(
                        BROKER_OPTIONS,
                        BrokerMain.class,
                        home.path().resolve("kafka").toString());
                LocalDatabase database = LocalDatabase.durable(home.path().resolve("postgres"), 0)
                        .start()) {
            database.createDatabaseUnlessThere(DATABASE);
            Migrations.migrate(
                    DatabaseSettings.of(database.host(), database.port(), DATABASE, LocalDatabase.USERNAME, null),
                    line -> {});
            String url = database.jdbcUrl(DATABASE);
            new LivePast(url, LocalDatabase.USERNAME).make(size.nodes(), size.days(), EPOCH);
            String servers = broker.hear();
            try (LiveLoad load = new LiveLoad(servers, size.nodes(), EPOCH, clock)) {
                load.send((int) (LiveLoad.PER_SECOND * round.backlog().toSeconds()));
                try (ForkedProgram service =
                        ForkedProgram.start(SERVICE_OPTIONS, EarningsServiceMain.class, servers, url)) {
                    service.hear();
                    return measure(size, round, load, service, url, servers);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The live consumer could not be measured", e);
        }
    }

    private static LiveCost measure(
            Size size, LiveRound round, LiveLoad load, ForkedProgram service, String url, String servers)
            throws SQLException {
        try (LiveWatch watch = new LiveWatch(url, LocalDatabase.USERNAME, servers)) {
            long begin = System.nanoTime();
            load.start();
            watch.awaitNoLag();
            Duration backlog = Duration.ofNanos(System.nanoTime() - begin);
            requireSound(service.hear());
            Duration verified = Duration.ofNanos(System.nanoTime() - begin);
            watch.mostLagIn(round.warmup());
            long applied = watch.applied();
            Duration serviceBefore = service.cpuTime();
            Duration databaseBefore = watch.databaseCpuTime();
            long start = System.nanoTime();
            long lag = watch.mostLagIn(round.measured());
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            return new LiveCost(
                    size.toString(),
                    backlog,
                    verified,
                    lag,
                    watch.applied() - applied,
                    service.cpuTime().minus(serviceBefore),
                    watch.databaseCpuTime().minus(databaseBefore),
                    time);
        }
    }

    private static void requireSound(String differences) {
        if (!differences.equals("0")) {
            throw new IllegalStateException("The past was made wrongly: the service found " + differences
                    + " differences between the history and what it stands on");
        }
    }
}
