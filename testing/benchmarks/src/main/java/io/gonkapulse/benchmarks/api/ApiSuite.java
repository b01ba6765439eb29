package io.gonkapulse.benchmarks.api;

import io.gonkapulse.benchmarks.fork.ForkClassPath;
import io.gonkapulse.benchmarks.fork.ForkedProgram;
import io.gonkapulse.benchmarks.results.Effort;
import io.gonkapulse.benchmarks.results.ResultRow;
import io.gonkapulse.benchmarks.results.Rounds;
import io.gonkapulse.testkit.local.DisposableHome;
import io.gonkapulse.testkit.local.LocalDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The gateway under load, beside pgbench with the same SQL; the database, the gateway and the load are processes of their own. */
public final class ApiSuite {

    private static final int CLIENTS = 16;
    private static final int MANY_CLIENTS = 256;
    private static final List<String> GATEWAY_OPTIONS = List.of("-Xmx512m");
    private static final List<String> LOAD_OPTIONS = List.of("-Xms1g", "-Xmx1g", "-Xmn768m", "-XX:+UseSerialGC");

    private final InstantSource clock;
    private final List<LatencyRow> latencies = new ArrayList<>();
    private final List<ResultRow> rows = new ArrayList<>();

    public ApiSuite(InstantSource clock) {
        this.clock = clock;
    }

    public List<ResultRow> run(Effort effort) {
        ForkClassPath.prepare();
        String kept = System.getProperty("benchmarks.api.home", "");
        try {
            if (kept.isEmpty()) {
                try (DisposableHome home = DisposableHome.in(Path.of(System.getProperty("java.io.tmpdir")), "api")) {
                    measureIn(home.path(), effort);
                }
            } else {
                measureIn(Files.createDirectories(Path.of(kept)), effort);
            }
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("The API could not be measured", e);
        }
        return rows;
    }

    /** Of the last run, as a table. */
    public String latencies() {
        return new LatencyTable(latencies).render();
    }

    private void measureIn(Path home, Effort effort) throws SQLException {
        int nodes = Integer.getInteger("benchmarks.api.nodes", effort == Effort.QUICK ? 200 : 10_000);
        try (LocalDatabase database =
                LocalDatabase.durable(home.resolve("postgres"), 0).start()) {
            ApiData data = new ApiData(database, nodes);
            data.make();
            if (Boolean.getBoolean("benchmarks.api.only-data")) {
                return;
            }
            try (ForkedProgram gateway = ForkedProgram.start(GATEWAY_OPTIONS, GatewayMain.class, settings(database))) {
                Measured measured = new Measured(
                        database, new Pgbench(database, home), Integer.parseInt(gateway.hear()), nodes, effort);
                for (AskedRoute route : routes()) {
                    measure(route, measured);
                }
            }
        }
    }

    private static List<AskedRoute> routes() {
        String wanted = System.getProperty("benchmarks.api.route", "");
        return wanted.isEmpty() ? List.of(AskedRoute.values()) : List.of(AskedRoute.valueOf(wanted));
    }

    private static String[] settings(LocalDatabase database) {
        return Stream.of(
                        "spring.config.name=api-gateway",
                        "spring.main.banner-mode=off",
                        "server.address=127.0.0.1",
                        "server.port=0",
                        "spring.datasource.url=" + database.jdbcUrl(ApiData.DATABASE),
                        "spring.datasource.username=" + LocalDatabase.USERNAME,
                        "spring.datasource.password=",
                        "stats.ttl=1h",
                        "gateway.rate-limit.requests=2000000000",
                        "gateway.max-connections-per-address=10000")
                .map(setting -> "--" + setting)
                .toArray(String[]::new);
    }

    private void measure(AskedRoute route, Measured measured) throws SQLException {
        measured.warm(route);
        String sql = new GatewayStatement(measured.database())
                .with(route.mark(), route.parameters(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
        try (Writes writes = new Writes(measured.database())) {
            writes.begin();
            full(route, sql, measured);
        }
        atRest(route, measured);
        if (route == AskedRoute.NODE) {
            before(measured);
        }
    }

    /** As the portal did it, without the portal. */
    private void before(Measured measured) {
        ResultRow now = rows.get(rows.size() - 3);
        try (ForkedProgram tracker = ForkedProgram.start(LOAD_OPTIONS, SlowTrackerMain.class)) {
            Load.Result live = measured.load(Integer.parseInt(tracker.hear()), AskedRoute.NODE, CLIENTS, 0, false);
            ResultRow row =
                    ResultRow.of("a live call to a tracker that takes 500 ms", new Rounds(List.of(live.answered())));
            rows.add(row);
            rows.add(now.comparedWith(row));
        }
    }

    /** No answer is shared for longer than a moment, because the data change all the time. */
    private void full(AskedRoute route, String sql, Measured measured) {
        List<Double> limits = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        SharedAnswers before = SharedAnswers.of(measured.port());
        for (int round = 0; round < measured.effort().forks(); round++) {
            limits.add(measured.pgbench().perSecond(sql, measured.nodes(), CLIENTS, measured.seconds()));
            rates.add(measured.load(route, CLIENTS, 0, false).answered());
        }
        long shared = SharedAnswers.of(measured.port()).percentSince(before);
        ResultRow limit = ResultRow.of(route.word() + ": pgbench -M prepared (limit)", new Rounds(limits));
        ResultRow full = ResultRow.of(route.word() + ": API, " + shared + " % shared", new Rounds(rates));
        rows.add(limit);
        rows.add(full.comparedWith(limit));
        latency(route, "half of the maximum", full.perSecond() / 2, measured);
        latency(route, "twice the maximum", full.perSecond() * 2, measured);
    }

    private void atRest(AskedRoute route, Measured measured) {
        ResultRow full = rows.get(rows.size() - 1);
        Load.Result shared = measured.load(route, CLIENTS, 0, false);
        rows.add(ResultRow.of(route.word() + ": API, data at rest", new Rounds(List.of(shared.answered())))
                .comparedWith(full));
        Load.Result unchanged = measured.load(route, CLIENTS, 0, true);
        rows.add(ResultRow.of(route.word() + ": API, data at rest, 304", new Rounds(List.of(unchanged.answered())))
                .comparedWith(full));
    }

    private void latency(AskedRoute route, String load, double perSecond, Measured measured) {
        latencies.add(new LatencyRow(
                route.word() + ", " + load, perSecond, measured.load(route, MANY_CLIENTS, perSecond, false)));
    }

    private record Measured(LocalDatabase database, Pgbench pgbench, int port, int nodes, Effort effort) {

        int seconds() {
            return Integer.getInteger("benchmarks.api.seconds", 2 * effort.seconds());
        }

        /** A JVM is several times slower while it compiles; what turns requests away must be compiled, too. */
        void warm(AskedRoute route) {
            run(new Load(port, route, nodes, CLIENTS, 0, false, 30 * effort.seconds(), 1));
            run(new Load(port, route, nodes, MANY_CLIENTS, 0, false, 4 * effort.seconds(), 1));
        }

        Load.Result load(AskedRoute route, int clients, double perSecond, boolean conditional) {
            return load(port, route, clients, perSecond, conditional);
        }

        Load.Result load(int server, AskedRoute route, int clients, double perSecond, boolean conditional) {
            return run(new Load(server, route, nodes, clients, perSecond, conditional, effort.seconds(), seconds()));
        }

        private static Load.Result run(Load load) {
            try (ForkedProgram program = ForkedProgram.start(LOAD_OPTIONS, LoadMain.class, load.words())) {
                return Load.Result.parse(program.hearAll().get(0));
            }
        }
    }
}
