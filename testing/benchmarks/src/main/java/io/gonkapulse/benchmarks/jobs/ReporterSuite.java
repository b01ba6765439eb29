package io.gonkapulse.benchmarks.jobs;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.benchmarks.harness.BrokerMain;
import io.gonkapulse.benchmarks.harness.EffortLevel;
import io.gonkapulse.benchmarks.harness.ForkClassPath;
import io.gonkapulse.benchmarks.harness.ForkedProcess;
import io.gonkapulse.benchmarks.harness.MarkdownTable;
import io.gonkapulse.benchmarks.harness.ResultRow;
import io.gonkapulse.localservers.DisposableDirectory;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What a reported event costs the thread of the job. */
public final class ReporterSuite {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /** Returns the results as a table. */
    public String run(EffortLevel effort) {
        ForkClassPath.prepare();
        try (DisposableDirectory home =
                        DisposableDirectory.createIn(Path.of(System.getProperty("java.io.tmpdir")), "reporter-bench");
                ForkedProcess broker = ForkedProcess.start(
                        List.of("-Xmx512m"),
                        BrokerMain.class,
                        home.path().resolve("broker").toString(),
                        BrokerMain.WITH_TOPICS)) {
            return render(measure(effort, broker.nextReport()));
        }
    }

    private static Collection<RunResult> measure(EffortLevel effort, String kafka) {
        try {
            return new Runner(new OptionsBuilder()
                            .include(ReporterBenchmark.class.getName())
                            .mode(Mode.AverageTime)
                            .timeUnit(TimeUnit.NANOSECONDS)
                            .jvmArgsAppend("-Xmx512m", "-D" + ReporterBenchmark.KAFKA + "=" + kafka)
                            .addProfiler(GCProfiler.class)
                            .forks(effort.forks())
                            .warmupIterations(effort.warmupIterations())
                            .warmupTime(TimeValue.seconds(effort.seconds()))
                            .measurementIterations(effort.iterations())
                            .measurementTime(TimeValue.seconds(effort.seconds()))
                            .shouldFailOnError(true)
                            .build())
                    .run();
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH could not run the benchmark of the reporter: " + e.getMessage(), e);
        }
    }

    private static String render(Collection<RunResult> results) {
        MarkdownTable table = new MarkdownTable(
                "| an event of a job | ns on the caller's thread | ± | bytes, caller | bytes, all threads |",
                "|---|---:|---:|---:|---:|",
                "| %s | %,.0f | %.0f %% | %,.0f | %,.0f |");
        for (RunResult result : results) {
            ReportTarget target = ReportTarget.valueOf(result.getParams().getParam("target"));
            ResultRow nanos = ResultRow.of(target.label(), nanos(result));
            table.row(
                    target.label(),
                    nanos.perSecond(),
                    100 * nanos.spread(),
                    total(result, "bytes") / total(result, "events"),
                    score(result, ALLOCATED));
        }
        return table.render();
    }

    private static List<Double> nanos(RunResult result) {
        return result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .map(iteration -> iteration.getPrimaryResult().getScore())
                .toList();
    }

    @SuppressWarnings("rawtypes") // of JMH
    private static double total(RunResult result, String counter) {
        double total = 0;
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                Result value = requireNonNull(iteration.getSecondaryResults().get(counter), counter);
                total += value.getScore();
            }
        }
        return total;
    }

    /** Profilers put a character before their names, depending on the version. */
    @SuppressWarnings("rawtypes") // of JMH
    private static double score(RunResult result, String name) {
        for (Map.Entry<String, Result> entry : result.getSecondaryResults().entrySet()) {
            if (entry.getKey().endsWith(name)) {
                return entry.getValue().getScore();
            }
        }
        throw new IllegalStateException("Expected a result of the profiler: " + name);
    }
}
