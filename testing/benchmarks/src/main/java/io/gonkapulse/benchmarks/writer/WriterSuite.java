package io.gonkapulse.benchmarks.writer;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.benchmarks.fork.ForkClassPath;
import io.gonkapulse.benchmarks.fork.ForkedProgram;
import io.gonkapulse.benchmarks.results.Effort;
import io.gonkapulse.benchmarks.results.Footprint;
import io.gonkapulse.benchmarks.results.Latency;
import io.gonkapulse.benchmarks.results.ResultRow;
import io.gonkapulse.benchmarks.results.Rounds;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draining a backlog of snapshots with two consumers, beside two consumers that only read, and only parse; the memory of
 * that; and how soon a single snapshot is there. The broker, the database and what is measured are processes of their own.
 */
public final class WriterSuite {

    private static final int FULL = 2_000_000;
    private static final int QUICK = 200_000;
    private static final int COLD_PROBES = 150;
    private static final int WARMUP_PROBES = 250;
    private static final int QUICK_PROBES = 250;
    private static final int PROBES = 1_000;
    private static final List<String> IN_TURNS_OPTIONS = List.of("-Xmx2g", "-XX:+UseParallelGC");
    private static final List<String> SERVICE_OPTIONS = List.of("-Xmx512m", "-XX:+UseParallelGC");

    private final InstantSource clock;
    private final List<Footprint> footprints = new ArrayList<>();
    private final List<Latency> latencies = new ArrayList<>();

    public WriterSuite(InstantSource clock) {
        this.clock = clock;
    }

    public List<ResultRow> run(Effort effort) {
        ForkClassPath.prepare();
        int records = Integer.getInteger("benchmarks.writer.records", effort == Effort.QUICK ? QUICK : FULL);
        try (Stage stage = new Stage()) {
            String servers = stage.bootstrapServers();
            String url = stage.jdbcUrl();
            Backlog backlog = new Backlog(servers, Backlog.NODES, records);
            backlog.make(clock);
            Map<Turn, ResultRow> turns = inTurns(effort, records, servers, url);
            ResultRow drained = row(turns, Turn.DRAIN);
            List<ResultRow> rows = new ArrayList<>(List.of(row(turns, Turn.READ), row(turns, Turn.PARSE)));
            rows.add(drained.comparedWith(row(turns, Turn.PARSE)));
            rows.add(drained.comparedWith(row(turns, Turn.READ)));
            rows.addAll(new SinkComparison(clock).run(effort, stage, backlog, drained));
            weigh(records, 4, servers, url);
            weigh(records, 1, servers, url);
            look(effort, servers, url);
            return rows;
        }
    }

    private static ResultRow row(Map<Turn, ResultRow> turns, Turn turn) {
        return requireNonNull(turns.get(turn));
    }

    /** What the last run took. */
    public List<Footprint> footprints() {
        return List.copyOf(footprints);
    }

    /** How soon a snapshot was there. */
    public List<Latency> latencies() {
        return List.copyOf(latencies);
    }

    private static Map<Turn, ResultRow> inTurns(Effort effort, int records, String servers, String url) {
        List<String> said;
        try (ForkedProgram program = ForkedProgram.start(
                IN_TURNS_OPTIONS,
                InTurnsMain.class,
                servers,
                url,
                String.valueOf(records),
                String.valueOf(effort.warmups() + effort.rounds()))) {
            said = program.hearAll();
        }
        String backlog = String.format(Locale.ROOT, "%,d snapshots: ", records);
        Map<Turn, ResultRow> rows = new EnumMap<>(Turn.class);
        for (Turn turn : Turn.values()) {
            rows.put(turn, row(backlog, turn, said, effort));
        }
        return rows;
    }

    private static ResultRow row(String backlog, Turn turn, List<String> said, Effort effort) {
        List<Double> rates = said.stream()
                .filter(line -> line.startsWith(turn + " "))
                .map(line -> Double.valueOf(line.substring(line.indexOf(' ') + 1)))
                .skip(effort.warmups())
                .toList();
        return ResultRow.of(backlog + turn.words(), new Rounds(rates));
    }

    private void weigh(int records, int part, String servers, String url) {
        new Drain(servers, url).forgetLast(part);
        try (ForkedProgram program =
                ForkedProgram.start(SERVICE_OPTIONS, FootprintMain.class, servers, url, String.valueOf(records))) {
            String[] found = program.hear().split(" ", 2);
            String name = String.format(
                    Locale.ROOT, "stats-writer, a backlog of %,d, %s", records / part, SERVICE_OPTIONS.get(0));
            footprints.add(new Footprint(name, 0, Long.parseLong(found[0]), Long.parseLong(found[1]), 0));
        }
    }

    private void look(Effort effort, String servers, String url) {
        new Drain(servers, url).settle();
        try (ForkedProgram service = ForkedProgram.start(SERVICE_OPTIONS, ServiceMain.class, servers, url)) {
            service.hear();
            Visibility visibility = new Visibility(servers, url, clock);
            latencies.add(visibility.measure("from the service's start on", COLD_PROBES));
            visibility.measure("warming up", WARMUP_PROBES);
            latencies.add(visibility.measure("warm", effort == Effort.QUICK ? QUICK_PROBES : PROBES));
        }
    }
}
