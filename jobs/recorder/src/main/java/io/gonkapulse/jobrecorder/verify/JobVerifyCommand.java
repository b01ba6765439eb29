package io.gonkapulse.jobrecorder.verify;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.servicekit.launch.ServiceRunner;
import io.gonkapulse.servicekit.reporting.CommandReport;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code verify} command. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks the counts and durations against the rows of jobs and stages, the sums for pages against the counts,",
            "and stages against jobs.",
            "The service keeps running. Exit code 0 if nothing differs, else 1; rebuild corrects the differences."
        })
public final class JobVerifyCommand implements Callable<Integer> {

    private static final int LIMIT = 1_000;

    private final ServiceRunner service;

    @Mixin
    private CommandReport commandReport = new CommandReport();

    @Spec
    private @Nullable CommandSpec spec;

    public JobVerifyCommand(ServiceRunner service) {
        this.service = service;
    }

    @Override
    public Integer call() throws SQLException {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        try (ConfigurableApplicationContext context = service.openContext();
                Connection connection = context.getBean(DataSource.class).getConnection()) {
            // A statement over many jobs takes longer than the pool's limit, which is meant for the service.
            connection.setNetworkTimeout(Runnable::run, 0);
            JdbcClient database = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            List<String> differences = new JobCountsCheck(database).run(LIMIT);
            differences.forEach(out::println);
            long jobs =
                    database.sql("select count(*) from jobs").query(Long.class).single();
            out.println("jobs: " + jobs);
            out.println("differences: " + differences.size());
            out.flush();
            commandReport.result("jobs", jobs);
            commandReport.result("differences", differences.size());
            return differences.isEmpty() ? 0 : 1;
        }
    }
}
