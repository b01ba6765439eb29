package io.gonkapulse.benchmarks;

import io.gonkapulse.benchmarks.api.ApiSuite;
import io.gonkapulse.benchmarks.codec.CodecSuite;
import io.gonkapulse.benchmarks.earnings.LiveSuite;
import io.gonkapulse.benchmarks.earnings.RebuildSuite;
import io.gonkapulse.benchmarks.poller.PollerSuite;
import io.gonkapulse.benchmarks.results.EffortLevel;
import io.gonkapulse.benchmarks.results.LatencySamples;
import io.gonkapulse.benchmarks.results.MemoryFootprint;
import io.gonkapulse.benchmarks.writer.GrowthSuite;
import io.gonkapulse.benchmarks.writer.WriterSuite;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Command line of the benchmarks: runs the selected suites and prints their results as Markdown tables. */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        description = {
            "Measures components against limits and peers, in one run on this machine.",
            "Ratios carry over to other machines; absolute figures do not."
        },
        exitCodeOnInvalidInput = 2)
public final class BenchmarksMain implements Callable<Integer> {

    @Option(
            names = "--quick",
            description = "One short iteration each: shows that everything runs; the figures mean little.")
    private boolean quick;

    @Parameters(
            arity = "0..*",
            paramLabel = "suite",
            description = "Suites to run: ${COMPLETION-CANDIDATES}; default all.")
    private Set<BenchmarkSuite> suites = EnumSet.allOf(BenchmarkSuite.class);

    private final ResultTable table = new ResultTable();
    private final List<MemoryFootprint> footprints = new ArrayList<>();
    private final List<LatencySamples> latencies = new ArrayList<>();
    private String liveCostTable = "";
    private String apiLatencyTable = "";

    private BenchmarksMain() {}

    private enum BenchmarkSuite {
        codec,
        poller,
        writer,
        growth,
        rebuild,
        live,
        api
    }

    @Override
    public Integer call() {
        EffortLevel effort = quick ? EffortLevel.QUICK : EffortLevel.FULL;
        PollerSuite poller = new PollerSuite();
        WriterSuite writer = new WriterSuite(InstantSource.system());
        RebuildSuite rebuild = new RebuildSuite(InstantSource.system());
        ApiSuite api = new ApiSuite(InstantSource.system());
        measure(BenchmarkSuite.codec, () -> table.add(new CodecSuite().run(effort)));
        measure(BenchmarkSuite.poller, () -> {
            table.add(poller.run(effort));
            footprints.addAll(poller.footprints());
        });
        measure(BenchmarkSuite.writer, () -> {
            table.add(writer.run(effort));
            footprints.addAll(writer.footprints());
            latencies.addAll(writer.latencies());
        });
        measure(BenchmarkSuite.growth, () -> table.add(new GrowthSuite(InstantSource.system()).run(effort)));
        measure(BenchmarkSuite.rebuild, () -> {
            table.add(rebuild.run(effort));
            footprints.addAll(rebuild.footprints());
        });
        measure(BenchmarkSuite.live, () -> liveCostTable = new LiveSuite(InstantSource.system()).run(effort));
        measure(BenchmarkSuite.api, () -> {
            table.add(api.run(effort));
            apiLatencyTable = api.latencies();
        });
        System.out.print(renderTables());
        return 0;
    }

    /** Prints the results after each suite, so that an interrupted run of an hour keeps what it measured. */
    private void measure(BenchmarkSuite suite, Runnable work) {
        if (suites.contains(suite)) {
            System.err.printf("%n== %s, of %s ==%n", suite, suites);
            work.run();
            System.err.print(renderTables());
        }
    }

    private String renderTables() {
        return table.render()
                + (footprints.isEmpty() ? "" : new FootprintTable(footprints).render())
                + (latencies.isEmpty() ? "" : new LatencyTable(latencies).render())
                + liveCostTable
                + apiLatencyTable;
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchmarksMain()).execute(args));
    }
}
