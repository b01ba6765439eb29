package io.gonkapulse.benchmarks.writer;

import io.gonkapulse.benchmarks.fork.ForkClassPath;
import io.gonkapulse.benchmarks.fork.ForkedProgram;
import io.gonkapulse.benchmarks.results.Effort;
import io.gonkapulse.benchmarks.results.ResultRow;
import io.gonkapulse.benchmarks.results.Rounds;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a snapshot costs the stats-writer in networks of ever more nodes: a million snapshots each, in as many polls as that is. */
public final class GrowthSuite {

    private static final int RECORDS = 1_000_000;
    private static final List<Integer> NODES = List.of(1_000, 10_000, 100_000, 1_000_000);
    private static final List<Integer> QUICK_NODES = List.of(1_000, 10_000, 100_000);
    private static final List<String> SERVICE_OPTIONS = List.of("-Xmx1g", "-XX:+UseParallelGC");
    private static final int MOST_ROUNDS = 3;

    private final InstantSource clock;

    public GrowthSuite(InstantSource clock) {
        this.clock = clock;
    }

    public List<ResultRow> run(Effort effort) {
        ForkClassPath.prepare();
        List<ResultRow> rows = new ArrayList<>();
        for (int nodes : sizes(effort)) {
            ResultRow row = measure(nodes, Math.min(effort.rounds(), MOST_ROUNDS));
            rows.add(rows.isEmpty() ? row : row.comparedWith(rows.get(0)));
        }
        return rows;
    }

    private static List<Integer> sizes(Effort effort) {
        String wanted = System.getProperty("benchmarks.growth.nodes");
        if (wanted != null) {
            return Arrays.stream(wanted.split(",")).map(Integer::valueOf).toList();
        }
        return effort == Effort.QUICK ? QUICK_NODES : NODES;
    }

    /** The first round makes the nodes and warms up. */
    private ResultRow measure(int nodes, int rounds) {
        try (Stage stage = new Stage()) {
            new Backlog(stage.bootstrapServers(), nodes, RECORDS).make(clock);
            try (ForkedProgram service = ForkedProgram.start(
                    SERVICE_OPTIONS,
                    DrainMain.class,
                    stage.bootstrapServers(),
                    stage.jdbcUrl(),
                    String.valueOf(RECORDS),
                    String.valueOf(1 + rounds))) {
                List<Double> rates =
                        service.hearAll().stream().map(Double::valueOf).skip(1).toList();
                return ResultRow.of(String.format(Locale.ROOT, "stats-writer, %,d nodes", nodes), new Rounds(rates));
            }
        }
    }
}
