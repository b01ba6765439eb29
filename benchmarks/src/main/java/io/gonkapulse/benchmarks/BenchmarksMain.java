package io.gonkapulse.benchmarks;

import io.gonkapulse.benchmarks.codec.CodecSuite;
import io.gonkapulse.benchmarks.results.Effort;
import io.gonkapulse.benchmarks.results.ResultTable;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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

    private BenchmarksMain() {}

    @Override
    public Integer call() {
        Effort effort = quick ? Effort.QUICK : Effort.FULL;
        ResultTable table = new ResultTable();
        table.add(new CodecSuite().run(effort));
        System.out.print(table.render());
        return 0;
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchmarksMain()).execute(args));
    }
}
