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
        ResultTable table = new ResultTable();
        List<Footprint> footprints = new ArrayList<>();
        List<Latency> latencies = new ArrayList<>();
        if (suites.contains(Suite.codec)) {
            table.add(new CodecSuite().run(effort));
        }
        if (suites.contains(Suite.poller)) {
            PollerSuite poller = new PollerSuite();
            table.add(poller.run(effort));
            footprints.addAll(poller.footprints());
        }
        if (suites.contains(Suite.writer)) {
            WriterSuite writer = new WriterSuite(InstantSource.system());
            table.add(writer.run(effort));
            footprints.addAll(writer.footprints());
            latencies.addAll(writer.latencies());
        }
        if (suites.contains(Suite.growth)) {
            table.add(new GrowthSuite(InstantSource.system()).run(effort));
        }
        if (suites.contains(Suite.rebuild)) {
            RebuildSuite rebuild = new RebuildSuite(InstantSource.system());
            table.add(rebuild.run(effort));
            footprints.addAll(rebuild.footprints());
        }
        String live = suites.contains(Suite.live) ? new LiveSuite(InstantSource.system()).run(effort) : "";
        String underLoad = "";
        if (suites.contains(Suite.api)) {
            ApiSuite api = new ApiSuite(InstantSource.system());
            table.add(api.run(effort));
            underLoad = api.latencies();
        }
        System.out.print(table.render()
                + (footprints.isEmpty() ? "" : new FootprintTable(footprints).render())
                + (latencies.isEmpty() ? "" : new LatencyTable(latencies).render())
                + live
                + underLoad);
        return 0;
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchmarksMain()).execute(args));
    }
}
