package io.gonkapulse.earningsaggregator.verify;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.servicekit.launch.ServiceRunner;
import io.gonkapulse.servicekit.reporting.CommandReport;
import io.gonkapulse.workercore.consumer.TopicMetadataReader;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code verify} command. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks the history against ledger and settlements, days against epochs, and totals against days.",
            "Lists the differences and reports whether the topic is compacted.",
            "Exit code 0 if nothing differs and the topic is not compacted, else 1."
        })
public final class VerifyCommand implements Callable<Integer> {

    @Mixin
    private CommandReport commandReport = new CommandReport();

    @Spec
    private @Nullable CommandSpec spec;

    private final ServiceRunner service;

    public VerifyCommand(ServiceRunner service) {
        this.service = service;
    }

    @Override
    public Integer call() throws SQLException {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        try (ConfigurableApplicationContext context = service.openContext()) {
            HistoryCheck.HistoryCheckResult result =
                    context.getBean(HistoryCheck.class).run(out::println);
            result.wrongTotals().forEach(out::println);
            result.wrongDays().forEach(out::println);
            out.println("days verified: " + result.days().compared());
            out.println("days that differ: "
                    + (result.days().compared() - result.days().equal()));
            out.println("adopted days (before the ledger): " + result.adopted().days() + ", "
                    + result.adopted().sum() + " ngonka");
            out.println("totals that differ: " + result.wrongTotals().size());
            out.println("sums over all nodes that differ: " + result.wrongDays().size());
            out.println("sum of days: " + result.sumOfDays() + " ngonka");
            out.println("sum of epochs: " + result.sumOfEpochs() + " ngonka");
            report(result);
            boolean compacted = isCompacted(context.getBean(TopicMetadataReader.class), out);
            return result.isConsistent() && !compacted ? 0 : 1;
        }
    }

    private void report(HistoryCheck.HistoryCheckResult result) {
        commandReport.result("daysVerified", result.days().compared());
        commandReport.result(
                "daysThatDiffer", result.days().compared() - result.days().equal());
        commandReport.result("totalsThatDiffer", result.wrongTotals().size());
        commandReport.result("sumsThatDiffer", result.wrongDays().size());
    }

    /** Without a complete topic the history cannot be rebuilt, so compaction fails the verification. */
    private boolean isCompacted(TopicMetadataReader topic, PrintWriter out) {
        try {
            String policy = topic.cleanupPolicy().orElse("not known to the broker");
            boolean compacted = policy.contains("compact");
            commandReport.result("compacted", compacted);
            out.println("cleanup.policy of the topic: " + policy
                    + (compacted
                            ? ": it keeps only the newest record of a node, so the history cannot be rebuilt from it"
                            : ""));
            return compacted;
        } catch (RuntimeException e) {
            out.println("cleanup.policy of the topic: cannot be read: " + e.getMessage());
            return false;
        }
    }
}
