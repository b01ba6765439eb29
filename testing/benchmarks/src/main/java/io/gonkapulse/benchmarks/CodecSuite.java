package io.gonkapulse.benchmarks;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.benchmarks.harness.EffortLevel;
import io.gonkapulse.benchmarks.harness.ForkClassPath;
import io.gonkapulse.benchmarks.harness.ResultRow;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Encoding and decoding of snapshots, on one core. */
public final class CodecSuite {

    private static final String SCAN = "scan";
    private static final String DECODE = "decode";
    private static final String DECODE_BY_DATABIND = "decodeByDatabind";
    private static final String ENCODE = "encode";
    private static final String ENCODE_BY_DATABIND = "encodeByDatabind";

    /** Runs JMH in forked JVMs; JIT profiles of one benchmark must not affect another. */
    public List<ResultRow> run(EffortLevel effort) {
        ForkClassPath.prepare();
        Map<String, List<Double>> samples = measure(effort);
        ResultRow scan = row("snapshot: bare scan (limit)", samples, SCAN);
        ResultRow databindDecode = row("snapshot: decode by databind (peer)", samples, DECODE_BY_DATABIND);
        ResultRow databindEncode = row("snapshot: encode by databind (peer)", samples, ENCODE_BY_DATABIND);
        ResultRow decode = row("snapshot: decode", samples, DECODE);
        ResultRow encode = row("snapshot: encode", samples, ENCODE);
        return List.of(
                scan,
                databindDecode,
                decode.comparedWith(scan),
                decode.comparedWith(databindDecode),
                databindEncode,
                encode.comparedWith(databindEncode));
    }

    private static ResultRow row(String name, Map<String, List<Double>> samples, String benchmark) {
        return ResultRow.of(name, requireNonNull(samples.get(benchmark), benchmark));
    }

    private static Map<String, List<Double>> measure(EffortLevel effort) {
        try {
            return new Runner(new OptionsBuilder()
                            .include(CodecBenchmark.class.getName())
                            .mode(Mode.Throughput)
                            .timeUnit(TimeUnit.SECONDS)
                            .forks(effort.forks())
                            .warmupIterations(effort.warmupIterations())
                            .warmupTime(TimeValue.seconds(effort.seconds()))
                            .measurementIterations(effort.iterations())
                            .measurementTime(TimeValue.seconds(effort.seconds()))
                            .shouldFailOnError(true)
                            .build())
                    .run().stream().collect(Collectors.toMap(CodecSuite::name, CodecSuite::samples));
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH could not run the codec benchmarks: " + e.getMessage(), e);
        }
    }

    private static String name(RunResult result) {
        return result.getPrimaryResult().getLabel();
    }

    /** Every iteration of every fork is one sample, so the spread includes differences between JVMs. */
    private static List<Double> samples(RunResult result) {
        return result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .map(iteration -> iteration.getPrimaryResult().getScore())
                .toList();
    }
}
