package io.gonkapulse.jobrecorder.maintenance;

import io.gonkapulse.contracts.job.LostEventsReport;
import io.gonkapulse.servicekit.observability.PulseMeter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How many jobs are open, finished, lost, or reported in a way that needs a look. */
public final class JobMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(JobMetrics.class);
    private static final Duration RECENT = Duration.ofDays(1);

    /** A state without jobs counts 0. */
    private static final String COUNT_OPEN = """
            select name, coalesce(n, 0) as n
              from (values ('queued'), ('running')) states (name)
              left join (
                  select state as name, count(*) as n
                    from jobs
                   where state in ('queued', 'running')
                   group by state) counted using (name)
            """;

    private static final String COUNT_FINISHED = """
            select name, coalesce(n, 0) as n
              from (values ('succeeded'), ('failed'), ('canceled')) states (name)
              left join (
                  select state as name, sum(n)::bigint as n
                    from job_counts
                   where kind = 'finished'
                     and bucket >= ?
                   group by state) counted using (name)
            """;

    /** One partial index holds all of them. */
    private static final String COUNT_IRREGULAR = """
            select count(*) filter (where lost) as lost,
                   count(*) filter (where conflicting or bots_differ) as conflicting,
                   count(*) filter (where duration_source = 'clamped') as skewed
              from jobs
             where (lost or conflicting or bots_differ or duration_source = 'clamped')
               and first_time >= ?
            """;

    /** Strangers may report anything under this bot. */
    private static final String COUNT_LOST_EVENTS = """
            select coalesce(sum(case when jsonb_typeof(result -> :field) = 'number'
                                     then least(greatest((result ->> :field)::numeric, 0), 1e12) end), 0)
              from jobs
             where bot_id = :bot
               and first_time >= :since
            """;

    private static final String COUNT_DEFAULT = "select count(*) from jobs_default";

    private final JdbcClient database;
    private final InstantSource clock;
    private final MultiGauge open;
    private final MultiGauge finished;
    private final AtomicReference<JobNumbers> numbers = new AtomicReference<>(JobNumbers.UNKNOWN);

    public JobMetrics(JdbcTemplate jdbc, InstantSource clock, MeterRegistry meters) {
        this.database = JdbcClient.create(jdbc);
        this.clock = clock;
        this.open = MultiGauge.builder(PulseMeter.JOBS_OPEN.id())
                .description(PulseMeter.JOBS_OPEN.description())
                .register(meters);
        this.finished = MultiGauge.builder(PulseMeter.JOBS_FINISHED.id())
                .description(PulseMeter.JOBS_FINISHED.description())
                .register(meters);
        gauge(PulseMeter.JOBS_LOST, JobNumbers::lost, meters);
        gauge(PulseMeter.JOBS_CONFLICTING, JobNumbers::conflicting, meters);
        gauge(PulseMeter.JOBS_SKEWED, JobNumbers::skewed, meters);
        gauge(PulseMeter.JOBS_WITHOUT_DAY, JobNumbers::withoutDay, meters);
        gauge(PulseMeter.JOBS_EVENTS_LOST, JobNumbers::lostEvents, meters);
    }

    private void gauge(PulseMeter meter, ToDoubleFunction<JobNumbers> value, MeterRegistry meters) {
        Gauge.builder(meter.id(), numbers, all -> value.applyAsDouble(all.get()))
                .description(meter.description())
                .register(meters);
    }

    /** Reads the tables once. A failure keeps the last values. */
    public void refresh() {
        try {
            Instant since = clock.instant().minus(RECENT);
            OffsetDateTime time = since.atOffset(ZoneOffset.UTC);
            open.register(
                    database.sql(COUNT_OPEN).<Row<?>>query(JobMetrics::row).list(), true);
            finished.register(
                    database.sql(COUNT_FINISHED)
                            .param(time)
                            .<Row<?>>query(JobMetrics::row)
                            .list(),
                    true);
            double withoutDay = database.sql(COUNT_DEFAULT).query(Long.class).single();
            double lostEvents = database.sql(COUNT_LOST_EVENTS)
                    .param("field", LostEventsReport.EVENTS)
                    .param("bot", LostEventsReport.BOT)
                    .param("since", time)
                    .query(Double.class)
                    .single();
            numbers.set(database.sql(COUNT_IRREGULAR)
                    .param(time)
                    .query((row, number) -> new JobNumbers(
                            row.getLong("lost"),
                            row.getLong("conflicting"),
                            row.getLong("skewed"),
                            withoutDay,
                            lostEvents))
                    .single());
        } catch (DataAccessException e) {
            LOG.info("The meters of jobs cannot be refreshed: {}", e.getMessage());
        }
    }

    private static Row<?> row(ResultSet row, int number) throws SQLException {
        return Row.of(Tags.of("state", row.getString("name")), row.getLong("n"));
    }

    private record JobNumbers(double lost, double conflicting, double skewed, double withoutDay, double lostEvents) {

        private static final JobNumbers UNKNOWN =
                new JobNumbers(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
}
