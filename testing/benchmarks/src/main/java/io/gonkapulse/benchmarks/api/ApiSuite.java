package io.gonkapulse.benchmarks.api;

import io.gonkapulse.apigateway.ApiGatewayConfiguration;
import io.gonkapulse.benchmarks.api.GatewayMeterReader.ResponseCounts;
import io.gonkapulse.benchmarks.api.LatencyTable.LatencyRow;
import io.gonkapulse.benchmarks.harness.EffortLevel;
import io.gonkapulse.benchmarks.harness.ForkClassPath;
import io.gonkapulse.benchmarks.harness.ForkedProcess;
import io.gonkapulse.benchmarks.harness.ResultRow;
import io.gonkapulse.benchmarks.harness.ServiceMain;
import io.gonkapulse.localservers.DisposableDirectory;
import io.gonkapulse.localservers.LocalDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures the gateway under load beside pgbench with the same SQL. Database, gateway and load generator are separate
 * processes. Otherwise they would share a JVM's garbage collector.
 */
public final class ApiSuite {

    /** Enough to saturate two cores, for pgbench and the gateway alike. */
    private static final int CLIENTS = 16;
    /** Connections for a fixed rate: slow responses must not delay later requests. */
    private static final int MANY_CLIENTS = 256;

    private static final int MAX_ATTEMPTS = 20;
    private static final int CONSTANT_SERVER_ROUNDS = 3;
    /** The gateway is warm when its JIT compilers work for less than this part of a round. */
    private static final double COMPILING = 0.02;
    /** The memory and the options of the container, and the collector that a JVM chooses there. */
    private static final List<String> GATEWAY_OPTIONS = List.of(
            "-XX:MaxRAM=768m",
            "-XX:MaxRAMPercentage=60",
            "-XX:InitialRAMPercentage=60",
            "-XX:NewRatio=1",
            "-XX:SurvivorRatio=4",
            "-XX:+UseSerialGC");
    /** A large young generation: the load generator must not pause for garbage collection. */
    static final List<String> LOAD_OPTIONS = List.of("-Xms1g", "-Xmx1g", "-Xmn768m", "-XX:+UseSerialGC");

    private final InstantSource clock;
    private final List<LatencyRow> latencies = new ArrayList<>();
    private final List<ResultRow> rows = new ArrayList<>();

    public ApiSuite(InstantSource clock) {
        this.clock = clock;
    }

    public List<ResultRow> run(EffortLevel effort) {
        ForkClassPath.prepare();
        String directory = System.getProperty("benchmarks.api.home", "");
        try {
            if (directory.isEmpty()) {
                try (DisposableDirectory home =
                        DisposableDirectory.createIn(Path.of(System.getProperty("java.io.tmpdir")), "api")) {
                    measureIn(home.path(), effort);
                }
            } else {
                measureIn(Files.createDirectories(Path.of(directory)), effort);
            }
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("Could not measure the API", e);
        }
        return rows;
    }

    /** Latencies of the last run as a table, from the scheduled time of each request. */
    public String latencies() {
        return LatencyTable.render(latencies);
    }

    private void measureIn(Path home, EffortLevel effort) throws SQLException {
        int nodes = Integer.getInteger("benchmarks.api.nodes", effort == EffortLevel.QUICK ? 200 : 10_000);
        try (LocalDatabase database =
                LocalDatabase.durable(home.resolve("postgres"), 0).start()) {
            ApiDataGenerator generator = new ApiDataGenerator(database, nodes);
            generator.createIfMissing();
            if (Boolean.getBoolean("benchmarks.api.only-data")) {
                return;
            }
            try (ForkedProcess gateway = startGateway(database)) {
                MeasurementContext context = new MeasurementContext(
                        database,
                        new PgbenchRunner(database, home),
                        Integer.parseInt(gateway.nextReport()),
                        nodes,
                        effort);
                for (MeasuredRoute route : routes()) {
                    measure(route, context);
                    System.err.print(ResultRow.render(rows) + latencies());
                }
            }
        }
    }

    private static List<MeasuredRoute> routes() {
        String routeName = System.getProperty("benchmarks.api.route", "");
        return routeName.isEmpty() ? List.of(MeasuredRoute.values()) : List.of(MeasuredRoute.valueOf(routeName));
    }

    /** Starts a gateway, which first reports its port. */
    static ForkedProcess startGateway(LocalDatabase database, String... settings) {
        return startServer(
                ApiGatewayConfiguration.class,
                database,
                Stream.concat(
                        Stream.of(
                                "stats.ttl=1h",
                                "gateway.rate-limit.requests=2000000000",
                                "gateway.max-connections-per-address=10000"),
                        Stream.of(settings)));
    }

    private static ForkedProcess startServer(Class<?> application, LocalDatabase database, Stream<String> more) {
        Stream<String> settings = Stream.of(
                "spring.config.name=api-gateway",
                "spring.main.banner-mode=off",
                "server.address=127.0.0.1",
                "server.port=0",
                "spring.datasource.url=" + database.jdbcUrl(ApiDataGenerator.DATABASE),
                "spring.datasource.username=" + LocalDatabase.USERNAME,
                "spring.datasource.password=");
        String[] arguments = Stream.concat(
                        Stream.of(application.getName()),
                        Stream.concat(settings, more).map(setting -> "--" + setting))
                .toArray(String[]::new);
        return ForkedProcess.start(GATEWAY_OPTIONS, ServiceMain.class, arguments);
    }

    private void measure(MeasuredRoute route, MeasurementContext context) throws SQLException {
        context.warmUp(route);
        try (BackgroundWriter writer = new BackgroundWriter(context.database())) {
            writer.start();
            measureAtFullLoad(route, readStatement(route, context), context);
        }
        measureUnchangedData(route, context);
        if (route == MeasuredRoute.NODE) {
            measureLiveTrackerCalls(context);
        }
    }

    /**
     * Reads the statement after requests, while the data change. Another statement may have followed in the session, so
     * it is tried several times.
     */
    private String readStatement(MeasuredRoute route, MeasurementContext context) throws SQLException {
        List<String> parameters = route.parameters(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        for (int attempt = 1; ; attempt++) {
            context.request(route);
            try {
                return new GatewayStatementReader(context.database()).read(route.sqlMarker(), parameters);
            } catch (IllegalStateException e) {
                if (attempt == MAX_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Measures what the portal did before this system: a live call to the tracker for each page. */
    private void measureLiveTrackerCalls(MeasurementContext context) {
        ResultRow now = rows.get(rows.size() - 3);
        try (ForkedProcess tracker = ForkedProcess.start(LOAD_OPTIONS, SlowTrackerMain.class)) {
            LoadOptions.LoadResult live =
                    context.load(Integer.parseInt(tracker.nextReport()), MeasuredRoute.NODE, CLIENTS, 0, false);
            ResultRow row = ResultRow.of("live calls to a tracker that takes 500 ms", List.of(live.successPerSecond()));
            rows.add(row);
            rows.add(now.comparedWith(row));
        }
    }

    /**
     * A background writer commits all the time, so that the response cache cannot serve old data for long. The limits
     * and the gateway alternate, so that a slower minute of the machine slows all of them.
     */
    private void measureAtFullLoad(MeasuredRoute route, String sql, MeasurementContext context) {
        List<Double> databaseRates = new ArrayList<>();
        List<Double> serverRates = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        ResponseCounts before = GatewayMeterReader.responses(context.port());
        try (ForkedProcess constant = startConstantServer(context, context.bodySize(route))) {
            int constantPort = Integer.parseInt(constant.nextReport());
            for (int round = 0; round < CONSTANT_SERVER_ROUNDS; round++) {
                context.warmUp(constantPort, route);
            }
            for (int iteration = 0; iteration < context.effort().forks(); iteration++) {
                databaseRates.add(context.pgbench()
                        .transactionsPerSecond(route.variables(context.nodes()), sql, CLIENTS, context.seconds()));
                serverRates.add(
                        context.load(constantPort, route, CLIENTS, 0, false).successPerSecond());
                rates.add(context.load(route, CLIENTS, 0, false).successPerSecond());
            }
        }
        long cachedPercent = GatewayMeterReader.responses(context.port()).cachedPercentSince(before);
        ResultRow database = ResultRow.of(route.label() + ": pgbench -M prepared (limit)", databaseRates);
        ResultRow server = ResultRow.of(route.label() + ": constant JSON (limit)", serverRates);
        ResultRow full = ResultRow.of(route.label() + ": API, " + cachedPercent + " % cached", rates);
        rows.add(database);
        rows.add(server);
        rows.add(full.comparedWith(database.perSecond() < server.perSecond() ? database : server));
        measureLatency(route, "half of the maximum", full.perSecond() / 2, context);
        measureLatency(route, "twice the maximum", full.perSecond() * 2, context);
    }

    /** Starts the gateway's HTTP server with one constant response; it first reports its port. */
    private static ForkedProcess startConstantServer(MeasurementContext context, int bodySize) {
        return startServer(
                ConstantJsonConfiguration.class,
                context.database(),
                Stream.of(ConstantJsonConfiguration.SIZE + "=" + bodySize));
    }

    private void measureUnchangedData(MeasuredRoute route, MeasurementContext context) {
        ResultRow full = rows.get(rows.size() - 1);
        LoadOptions.LoadResult cached = context.load(route, CLIENTS, 0, false);
        rows.add(ResultRow.of(route.label() + ": API, data unchanged", List.of(cached.successPerSecond()))
                .comparedWith(full));
        LoadOptions.LoadResult unchanged = context.load(route, CLIENTS, 0, true);
        rows.add(ResultRow.of(route.label() + ": API, data unchanged, 304", List.of(unchanged.successPerSecond()))
                .comparedWith(full));
    }

    private void measureLatency(MeasuredRoute route, String load, double perSecond, MeasurementContext context) {
        List<LoadOptions.LoadResult> results = new ArrayList<>();
        for (int iteration = 0; iteration < context.effort().forks(); iteration++) {
            results.add(context.load(route, MANY_CLIENTS, perSecond, false));
        }
        latencies.add(new LatencyRow(route.label() + ", " + load, perSecond, results));
    }

    private record MeasurementContext(
            LocalDatabase database, PgbenchRunner pgbench, int port, int nodes, EffortLevel effort) {

        int seconds() {
            return Integer.getInteger("benchmarks.api.seconds", 2 * effort.seconds());
        }

        /**
         * Warms up the gateway until its JIT compilers are idle: a JVM is several times slower while it compiles. At full
         * load the compilers get little processor time, so loads of one connection and of many alternate. The path that
         * rejects requests is compiled too.
         */
        void warmUp(MeasuredRoute route) {
            int maxRounds = effort == EffortLevel.QUICK ? 5 : 25;
            double compiledMillis = GatewayMeterReader.compilationMillis(port);
            for (int round = 0; round < maxRounds; round++) {
                long start = System.nanoTime();
                warmUp(port, route);
                double before = compiledMillis;
                compiledMillis = GatewayMeterReader.compilationMillis(port);
                double roundMillis = (System.nanoTime() - start) / 1e6;
                if (compiledMillis - before < COMPILING * roundMillis) {
                    break;
                }
            }
            run(new LoadOptions(port, route, nodes, MANY_CLIENTS, 0, false, 4 * effort.seconds(), 1));
        }

        /** Sends requests for a second. */
        void request(MeasuredRoute route) {
            run(new LoadOptions(port, route, nodes, CLIENTS, 0, false, 0, 1));
        }

        /** Warms up a server: one connection, then many. */
        void warmUp(int server, MeasuredRoute route) {
            run(new LoadOptions(server, route, nodes, 1, 0, false, 2 * effort.seconds(), 1));
            run(new LoadOptions(server, route, nodes, CLIENTS, 0, false, effort.seconds(), 1));
        }

        /** Returns the length of a response of the gateway, in bytes. */
        int bodySize(MeasuredRoute route) {
            try (InputStream body = URI.create("http://127.0.0.1:" + port + route.path(0))
                    .toURL()
                    .openStream()) {
                return body.readAllBytes().length;
            } catch (IOException e) {
                throw new UncheckedIOException("The gateway does not respond to " + route.path(0), e);
            }
        }

        LoadOptions.LoadResult load(MeasuredRoute route, int clients, double perSecond, boolean conditional) {
            return load(port, route, clients, perSecond, conditional);
        }

        LoadOptions.LoadResult load(
                int server, MeasuredRoute route, int clients, double perSecond, boolean conditional) {
            return run(new LoadOptions(
                    server, route, nodes, clients, perSecond, conditional, effort.seconds(), seconds()));
        }

        private static LoadOptions.LoadResult run(LoadOptions load) {
            try (ForkedProcess program =
                    ForkedProcess.start(LOAD_OPTIONS, LoadGeneratorMain.class, load.toArguments())) {
                return LoadOptions.LoadResult.parse(program.allReports().get(0));
            }
        }
    }
}
