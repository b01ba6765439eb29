package io.gonkapulse.apigateway.jobs;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.QueryClient;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the days that the jobs of a page may be of. */
@Component
class JobDayReader {

    /**
     * Days with jobs of some states of a bot, or of all bots, and the days of the ids of their jobs. Uses uq_job_sums and
     * job_id_days_pkey. Dropped days are among them, because their sums stay.
     */
    static final String FIND_DAYS = """
            select (summed.bucket at time zone 'UTC')::date as day, summed.n,
                   (select array_agg(case when isfinite(id_day) then id_day::text end)
                      from audit.job_id_days_api
                     where first_day = (summed.bucket at time zone 'UTC')::date) as id_days
              from (select bucket, sum(@states)::bigint as n
                      from audit.job_sums_api
                     where @bot
                       and minutes = 1440
                       and bucket >= coalesce(cast(:since as timestamptz), '-infinity')
                       and bucket < coalesce(cast(:until as timestamptz), 'infinity')
                     group by bucket
                    having sum(@states) > 0) summed
             order by day
            """;

    /** A page of rare jobs reads days in steps: few at first, then some, then all. */
    private static final int SECOND_STEP_DAYS = 8;

    private static final Duration DAY = Duration.ofDays(1);

    private final JdbcClient client;

    JobDayReader(QueryClient queryClient, GatewayProperties properties) {
        this.client = queryClient.createJdbcClient(properties.lookupTimeout());
    }

    /** Finds the windows to read one after another until a page is full. */
    List<JobWindow> findWindows(JobPageQuery query) {
        JobFilter filter = query.filter();
        JobPageCursor after = query.after();
        boolean newestFirst = query.sort() == JobSort.NEWEST;
        Instant since = latest(filter.from(), after == null || newestFirst ? null : after.time());
        Instant until = earliest(
                filter.to(), after == null || !newestFirst ? null : after.time().plusNanos(1_000));
        List<JobDay> days = new ArrayList<>(findDays(filter.states(), filter.bot(), since, until));
        if (newestFirst) {
            Collections.reverse(days);
        }
        if (filter.parent() != null) {
            // A job has few children, so the page would read every step.
            return days.isEmpty() ? List.of() : List.of(createWindow(days));
        }
        return createSteps(days, query.limit() + 1L);
    }

    /** Finds a window of all jobs of a time. */
    List<JobWindow> findWindow(Instant since, Instant until) {
        List<JobDay> days = findDays(List.of(), null, since, until);
        return days.isEmpty() ? List.of() : List.of(createWindow(days));
    }

    private List<JobDay> findDays(
            List<String> states, @Nullable String bot, @Nullable Instant since, @Nullable Instant until) {
        JdbcClient.StatementSpec statement = client.sql(FIND_DAYS
                        .replace("@states", String.join(" + ", states.isEmpty() ? JobPageSql.STATES : states))
                        .replace("@bot", bot == null ? "bot_id is null" : "bot_id = :bot"))
                .param(
                        "since",
                        since == null ? null : SummedRange.floor(since, DAY).atOffset(ZoneOffset.UTC))
                .param(
                        "until",
                        until == null ? null : SummedRange.ceil(until, DAY).atOffset(ZoneOffset.UTC));
        return (bot == null ? statement : statement.param("bot", bot))
                .query((row, number) -> JobDay.of(row))
                .list();
    }

    /** The first day may be cut by a bound, so its number does not count. */
    private static List<JobWindow> createSteps(List<JobDay> days, long wanted) {
        List<JobWindow> windows = new ArrayList<>();
        int end = 0;
        long jobs = 0;
        while (end < days.size() && jobs < wanted) {
            jobs += end == 0 ? 0 : days.get(end).jobs;
            end++;
        }
        addWindow(windows, days.subList(0, end));
        int next = Math.min(days.size(), end + SECOND_STEP_DAYS);
        addWindow(windows, days.subList(end, next));
        addWindow(windows, days.subList(next, days.size()));
        return windows;
    }

    private static void addWindow(List<JobWindow> windows, List<JobDay> days) {
        if (!days.isEmpty()) {
            windows.add(createWindow(days));
        }
    }

    private static JobWindow createWindow(List<JobDay> days) {
        TreeSet<@Nullable LocalDate> idDays =
                new TreeSet<>(Comparator.nullsFirst(Comparator.<LocalDate>naturalOrder()));
        days.forEach(day -> idDays.addAll(day.idDays));
        LocalDate first = days.get(0).day;
        LocalDate last = days.get(days.size() - 1).day;
        return first.isBefore(last) ? JobWindow.of(first, last, idDays) : JobWindow.of(last, first, idDays);
    }

    private static @Nullable Instant latest(@Nullable Instant first, @Nullable Instant second) {
        return first == null || (second != null && second.isAfter(first)) ? second : first;
    }

    private static @Nullable Instant earliest(@Nullable Instant first, @Nullable Instant second) {
        return first == null || (second != null && second.isBefore(first)) ? second : first;
    }

    /**
     * A day of first times.
     *
     * @param idDays null for ids of no day
     */
    private record JobDay(LocalDate day, long jobs, List<@Nullable LocalDate> idDays) {

        private static JobDay of(ResultSet row) throws SQLException {
            Array idDays = row.getArray("id_days");
            List<@Nullable LocalDate> days = new ArrayList<>();
            if (idDays != null) {
                Arrays.stream((@Nullable String[]) idDays.getArray())
                        .forEach(text -> days.add(text == null ? null : LocalDate.parse(text)));
            }
            return new JobDay(row.getObject("day", LocalDate.class), row.getLong("n"), days);
        }
    }
}
