package io.gonkapulse.benchmarks;

import io.gonkapulse.benchmarks.api.ApiSuite;
import io.gonkapulse.benchmarks.codec.CodecSuite;
import io.gonkapulse.benchmarks.earnings.LiveSuite;
import io.gonkapulse.benchmarks.earnings.RebuildSuite;
import io.gonkapulse.benchmarks.poller.PollerSuite;
import io.gonkapulse.benchmarks.results.Effort;
import io.gonkapulse.benchmarks.results.Footprint;
import io.gonkapulse.benchmarks.results.FootprintTable;
import io.gonkapulse.benchmarks.results.Latency;
import io.gonkapulse.benchmarks.results.LatencyTable;
import io.gonkapulse.benchmarks.results.ResultTable;
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

/** Runs the benchmarks and prints one table. */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the parts against their limits and against peers, all in one run on this machine.",
            "Ratios carry over to other machines; absolute figures do not."
        },
        exitCodeOnInvalidInput = 2)
public final class BenchmarksMain implements Callable<Integer> {

    @Option(
            names = "--quick",
            description = "One short round each: shows that everything runs; the figures mean little.")
    private boolean quick;

    @Parameters(
            arity = "0..*",
            paramLabel = "suite",
            description = "Which of ${COMPLETION-CANDIDATES}; all by default.")
    private Set<Suite> suites = EnumSet.allOf(Suite.class);

    private final ResultTable table = new ResultTable();
    private final List<Footprint> footprints = new ArrayList<>();
    private final List<Latency> latencies = new ArrayList<>();
    private String live = "";
    private String underLoad = "";

    private BenchmarksMain() {}

    private enum Suite {
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
        Effort effort = quick ? Effort.QUICK : Effort.FULL;
        PollerSuite poller = new PollerSuite();
        WriterSuite writer = new WriterSuite(InstantSource.system());
        RebuildSuite rebuild = new RebuildSuite(InstantSource.system());
        ApiSuite api = new ApiSuite(InstantSource.system());
        measure(Suite.codec, () -> table.add(new CodecSuite().run(effort)));
        measure(Suite.poller, () -> {
            table.add(poller.run(effort));
            footprints.addAll(poller.footprints());
        });
        measure(Suite.writer, () -> {
            table.add(writer.run(effort));
            footprints.addAll(writer.footprints());
            latencies.addAll(writer.latencies());
        });
        measure(Suite.growth, () -> table.add(new GrowthSuite(InstantSource.system()).run(effort)));
        measure(Suite.rebuild, () -> {
            table.add(rebuild.run(effort));
            footprints.addAll(rebuild.footprints());
        });
        measure(Suite.live, () -> live = new LiveSuite(InstantSource.system()).run(effort));
        measure(Suite.api, () -> {
            table.add(api.run(effort));
            underLoad = api.latencies();
        });
        System.out.print(results());
        return 0;
    }

    /** An hour is long: whoever stops it keeps what was measured until then. */
    private void measure(Suite suite, Runnable work) {
        if (suites.contains(suite)) {
            System.err.printf("%n== %s, of %s ==%n", suite, suites);
            work.run();
            System.err.print(results());
        }
    }

    private String results() {
        return table.render()
                + (footprints.isEmpty() ? "" : new FootprintTable(footprints).render())
                + (latencies.isEmpty() ? "" : new LatencyTable(latencies).render())
                + live
                + underLoad;
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchmarksMain()).execute(args));
    }
}
