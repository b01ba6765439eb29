package io.gonkapulse.jobrecorder.administration;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.jobrecorder.publishing.JobEventPublisher;
import io.gonkapulse.servicekit.launch.ServiceRunner;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code cancel} command. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = {
            "Publishes the wish that a job ends. Its executor, or its queue, decides and reports the end.",
            "Exit code 1 if the job is unknown or has ended."
        })
public final class CancelCommand implements Callable<Integer> {

    private final ServiceRunner service;

    @Parameters(paramLabel = "JOB", description = "Id of the job.")
    private @Nullable UUID id;

    @Option(names = "--by", paramLabel = "NAME", description = "Who asks for it (default: the login name).")
    private String operator = System.getProperty("user.name", "operator");

    @Spec
    private @Nullable CommandSpec spec;

    public CancelCommand(ServiceRunner service) {
        this.service = service;
    }

    @Override
    public Integer call() {
        UUID job = requireNonNull(id);
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        PrintWriter err = requireNonNull(spec).commandLine().getErr();
        try (ConfigurableApplicationContext context = service.openContext()) {
            Optional<JobState> found = JdbcClient.create(context.getBean(JdbcTemplate.class))
                    .sql("select state, attempt, finished_at is not null as ended from jobs where job_id = ? "
                            + "and purged_at is null")
                    .param(job)
                    .query((row, number) ->
                            new JobState(row.getString("state"), row.getInt("attempt"), row.getBoolean("ended")))
                    .optional();
            if (found.isEmpty()) {
                err.println("Error: Job " + job + " is not known");
                return 1;
            }
            JobState state = found.get();
            if (state.ended()) {
                err.println("Error: Job " + job + " has ended: " + state.state());
                return 1;
            }
            context.getBean(JobEventPublisher.class)
                    .publish(List.of(OperatorEventFactory.cancelRequested(
                            job,
                            state.attempt(),
                            operator,
                            context.getBean(InstantSource.class).instant())));
            out.println("Requested that job " + job + " is canceled; it is " + state.state());
            out.flush();
            return 0;
        }
    }

    private record JobState(String state, int attempt, boolean ended) {}
}
