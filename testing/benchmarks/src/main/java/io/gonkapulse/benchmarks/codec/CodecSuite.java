package io.gonkapulse.benchmarks.codec;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.benchmarks.fork.ForkClassPath;
import io.gonkapulse.benchmarks.results.Effort;
import io.gonkapulse.benchmarks.results.ResultRow;
import io.gonkapulse.benchmarks.results.Rounds;
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

    public List<ResultRow> run(Effort effort) {
        ForkClassPath.prepare();
        Map<String, Rounds> rounds = measure(effort);
        ResultRow scan = row("snapshot: bare scan (limit)", rounds, SCAN);
        ResultRow databindDecode = row("snapshot: decode by databind (peer)", rounds, DECODE_BY_DATABIND);
        ResultRow databindEncode = row("snapshot: encode by databind (peer)", rounds, ENCODE_BY_DATABIND);
        ResultRow decode = row("snapshot: decode", rounds, DECODE);
        ResultRow encode = row("snapshot: encode", rounds, ENCODE);
        return List.of(
                scan,
                databindDecode,
                decode.comparedWith(scan),
                decode.comparedWith(databindDecode),
                databindEncode,
                encode.comparedWith(databindEncode));
    }

    private static ResultRow row(String name, Map<String, Rounds> rounds, String benchmark) {
        return ResultRow.of(name, requireNonNull(rounds.get(benchmark), benchmark));
    }

    private static Map<String, Rounds> measure(Effort effort) {
        try {
            return new Runner(new OptionsBuilder()
                            .include(CodecBenchmark.class.getName())
                            .mode(Mode.Throughput)
                            .timeUnit(TimeUnit.SECONDS)
                            .forks(effort.forks())
                            .warmupIterations(effort.warmups())
                            .warmupTime(TimeValue.seconds(effort.seconds()))
                            .measurementIterations(effort.rounds())
                            .measurementTime(TimeValue.seconds(effort.seconds()))
                            .shouldFailOnError(true)
                            .build())
                    .run().stream().collect(Collectors.toMap(CodecSuite::name, CodecSuite::rounds));
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH could not run the codec benchmarks: " + e.getMessage(), e);
        }
    }

    private static String name(RunResult result) {
        return result.getPrimaryResult().getLabel();
    }

    private static Rounds rounds(RunResult result) {
        return new Rounds(result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .map(iteration -> iteration.getPrimaryResult().getScore())
                .toList());
    }
}
