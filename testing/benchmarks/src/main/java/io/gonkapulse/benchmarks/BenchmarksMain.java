package io.gonkapulse.benchmarks;

import io.gonkapulse.benchmarks.api.ApiSuite;
import io.gonkapulse.benchmarks.api.JobApiSuite;
import io.gonkapulse.benchmarks.consumers.GrowthSuite;
import io.gonkapulse.benchmarks.consumers.JobSuite;
import io.gonkapulse.benchmarks.consumers.LiveSuite;
import io.gonkapulse.benchmarks.consumers.RebuildSuite;
import io.gonkapulse.benchmarks.consumers.WriterSuite;
import io.gonkapulse.benchmarks.harness.EffortLevel;
import io.gonkapulse.benchmarks.harness.LatencySamples;
import io.gonkapulse.benchmarks.harness.MemoryFootprint;
import io.gonkapulse.benchmarks.harness.ResultRow;
import io.gonkapulse.benchmarks.jobs.ReporterSuite;
import io.gonkapulse.benchmarks.poller.PollerSuite;
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

    private final List<ResultRow> rows = new ArrayList<>();
    private final List<MemoryFootprint> footprints = new ArrayList<>();
    private final List<LatencySamples> latencies = new ArrayList<>();
    private String reporterTable = "";
    private String liveCostTable = "";
    private String apiLatencyTable = "";

    private BenchmarksMain() {}

    private enum BenchmarkSuite {
        codec,
        reporter,
        poller,
        writer,
        jobs,
        growth,
        rebuild,
        live,
        api,
        jobs_api {
            @Override
            public String toString() {
                return "jobs-api";
            }
        }
    }

    @Override
    public Integer call() {
        EffortLevel effort = quick ? EffortLevel.QUICK : EffortLevel.FULL;
        PollerSuite poller = new PollerSuite();
        WriterSuite writer = new WriterSuite(InstantSource.system());
        JobSuite jobs = new JobSuite(InstantSource.system());
        RebuildSuite rebuild = new RebuildSuite(InstantSource.system());
        ApiSuite api = new ApiSuite(InstantSource.system());
        JobApiSuite jobsApi = new JobApiSuite();
        measure(BenchmarkSuite.codec, () -> rows.addAll(new CodecSuite().run(effort)));
        measure(BenchmarkSuite.reporter, () -> reporterTable = new ReporterSuite().run(effort));
        measure(BenchmarkSuite.poller, () -> {
            rows.addAll(poller.run(effort));
            footprints.addAll(poller.footprints());
        });
        measure(BenchmarkSuite.writer, () -> {
            rows.addAll(writer.run(effort));
            footprints.addAll(writer.footprints());
            latencies.addAll(writer.latencies());
        });
        measure(BenchmarkSuite.jobs, () -> {
            rows.addAll(jobs.run(effort));
            footprints.addAll(jobs.footprints());
            latencies.addAll(jobs.latencies());
        });
        measure(BenchmarkSuite.growth, () -> rows.addAll(new GrowthSuite(InstantSource.system()).run(effort)));
        measure(BenchmarkSuite.rebuild, () -> {
            rows.addAll(rebuild.run(effort));
            footprints.addAll(rebuild.footprints());
        });
        measure(BenchmarkSuite.live, () -> liveCostTable = new LiveSuite(InstantSource.system()).run(effort));
        measure(BenchmarkSuite.api, () -> {
            rows.addAll(api.run(effort));
            apiLatencyTable = api.latencies();
        });
        measure(BenchmarkSuite.jobs_api, () -> {
            rows.addAll(jobsApi.run(effort));
            apiLatencyTable += jobsApi.latencies();
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
        return ResultRow.render(rows)
                + (footprints.isEmpty() ? "" : MemoryFootprint.render(footprints))
                + (latencies.isEmpty() ? "" : LatencySamples.render(latencies))
                + reporterTable
                + liveCostTable
                + apiLatencyTable;
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchmarksMain()).execute(args));
    }
}
