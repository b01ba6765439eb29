package io.gonkapulse.earningsaggregator.command;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.earningsaggregator.store.Verification;
import io.gonkapulse.servicekit.launch.Service;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Holds the history against ledger and settlements, days against epochs, and totals against days.",
            "Lists what differs. Ends with 0 if nothing does, else with 1."
        })
public final class VerifyCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    private final Service service;

    public VerifyCommand(Service service) {
        this.service = service;
    }

    @Override
    public Integer call() throws SQLException {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        try (ConfigurableApplicationContext context = service.open(Quiet.settings())) {
            Verification.Result result = context.getBean(Verification.class).run(out::println);
            result.wrongTotals().forEach(out::println);
            result.wrongDays().forEach(out::println);
            out.println("days verified: " + result.days().compared());
            out.println("days that differ: "
                    + (result.days().compared() - result.days().equal()));
            out.println("days before the ledger, as they were adopted: "
                    + result.adopted().days() + ", " + result.adopted().sum() + " ngonka");
            out.println("totals that differ: " + result.wrongTotals().size());
            out.println("sums over all nodes that differ: " + result.wrongDays().size());
            out.println("sum of days: " + result.sumOfDays() + " ngonka");
            out.println("sum of epochs: " + result.sumOfEpochs() + " ngonka");
            return result.isSound() ? 0 : 1;
        }
    }
}
