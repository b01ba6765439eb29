package io.gonkapulse.jobrecorder.administration;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.jobrecorder.publishing.JobEventPublisher;
import io.gonkapulse.servicekit.launch.ServiceRunner;
import io.gonkapulse.servicekit.reporting.CommandReport;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code purge} command. */
@Command(
        name = "purge",
        mixinStandardHelpOptions = true,
        description = {
            "Deletes jobs for ever, by an event that also a rebuild obeys. Only their ids remain.",
            "Without --yes it counts them and changes nothing. Exit code 3 if it was refused for safety."
        })
public final class PurgeCommand implements Callable<Integer> {

    private static final int PAGE = 5_000;
    private static final int REFUSED = 3;

    private static final String MATCHING = """
             where purged_at is null
               and (cast(:id as uuid) is null or job_id = :id)
               and (cast(:bot as text) is null or bot_id = :bot)
               and (cast(:before as timestamptz) is null or first_time < :before)
            """;

    private final ServiceRunner service;

    @Option(names = "--id", paramLabel = "JOB", description = "The job with this id, known or not.")
    private @Nullable UUID id;

    @Option(names = "--bot", paramLabel = "BOT", description = "All jobs of this bot.")
    private @Nullable String bot;

    @Option(
            names = "--before",
            paramLabel = "TIME",
            description = "Jobs first seen before this time (2026-03-31T00:00:00Z).")
    private @Nullable String before;

    @Option(names = "--yes", description = "Do it.")
    private boolean yes;

    @Mixin
    private CommandReport commandReport = new CommandReport();

    @Spec
    private @Nullable CommandSpec spec;

    public PurgeCommand(ServiceRunner service) {
        this.service = service;
    }

    @Override
    public Integer call() {
        if (id == null && bot == null && before == null) {
            throw new ParameterException(
                    requireNonNull(spec).commandLine(), "Expected --id, --bot or --before: it does not purge all jobs");
        }
        Instant time = parseTime();
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        try (ConfigurableApplicationContext context = service.openContext()) {
            JdbcClient database = JdbcClient.create(context.getBean(JdbcTemplate.class));
            long matching = bind(database.sql("select count(*) from jobs" + MATCHING), time)
                    .query(Long.class)
                    .single();
            commandReport.result("matching", matching);
            if (!yes) {
                out.println(matching + " jobs would be purged for ever. Run it again with --yes");
                out.flush();
                return REFUSED;
            }
            long purged = purge(
                    database, context.getBean(JobEventPublisher.class), context.getBean(InstantSource.class), time);
            commandReport.result("purged", purged);
            out.println(purged + " jobs are purged as soon as the consumers read it");
            out.flush();
            return 0;
        }
    }

    /** An id is purged even if nothing is known of it yet: its events may be on their way. */
    private long purge(JdbcClient database, JobEventPublisher publisher, InstantSource clock, @Nullable Instant time) {
        if (id != null && bot == null && before == null) {
            publisher.publish(List.of(OperatorEventFactory.purged(id, clock.instant())));
            return 1;
        }
        long purged = 0;
        UUID last = new UUID(0, 0);
        List<UUID> page;
        do {
            page = bind(
                            database.sql("select job_id from jobs" + MATCHING
                                    + " and job_id > :last order by job_id limit " + PAGE),
                            time)
                    .param("last", last)
                    .query(UUID.class)
                    .list();
            List<JobEvent> events = page.stream()
                    .map(job -> OperatorEventFactory.purged(job, clock.instant()))
                    .toList();
            publisher.publish(events);
            purged += page.size();
            last = page.isEmpty() ? last : page.get(page.size() - 1);
        } while (page.size() == PAGE);
        return purged;
    }

    private JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, @Nullable Instant time) {
        return statement
                .param("id", id)
                .param("bot", bot)
                .param("before", time == null ? null : time.atOffset(ZoneOffset.UTC));
    }

    private @Nullable Instant parseTime() {
        if (before == null) {
            return null;
        }
        try {
            return Instant.parse(before);
        } catch (DateTimeException e) {
            throw new ParameterException(
                    requireNonNull(spec).commandLine(),
                    "--before: expected a time as 2026-03-31T00:00:00Z, got " + before,
                    e);
        }
    }
}
