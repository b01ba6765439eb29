package io.gonkapulse.jobrecorder.verify;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares the counts and durations with the rows that they are sums of, and the sums for readers with the counts, in
 * one statement each, so that running consumers make no difference. Of days whose rows are dropped only the sums are
 * compared. Not thread-safe.
 */
public final class JobCountsCheck {

    private static final String CHECKED_JOBS = """
            checked as (
                select *
                  from jobs
                 where id_day >= :from
                   and job_id >= first_id(cast(:from as timestamp) at time zone 'UTC')
                 union all
                select *
                  from jobs
                 where id_day is null
                   and first_time >= cast(:from as timestamp) at time zone 'UTC')
            """;

    private static final String SUM_COLUMNS =
            "bot_id, minutes, bucket, shard, queued, running, succeeded, failed, canceled,"
                    + " finished_succeeded, finished_failed, finished_canceled, queue_ms, run_ms";

    private static final String COUNT_DIFFERENCES = "with " + CHECKED_JOBS + """
            , expected as (
                select quarter_hour(part.at) as bucket, part.kind, coalesce(bot_id, '') as bot_id, state,
                       coalesce(id_day, (first_time at time zone 'UTC')::date) as day, shard, count(*) as n,
                       sum(part.queue_ms)::bigint as queue_ms, sum(part.run_ms)::bigint as run_ms
                  from checked
                 cross join lateral (
                       values ('accepted', first_time, 0::bigint, 0::bigint),
                              ('finished', finished_at, coalesce(queue_ms, 0), coalesce(run_ms, 0))
                       ) part (kind, at, queue_ms, run_ms)
                 where part.at is not null
                   and state is not null
                 group by 1, 2, 3, 4, 5, 6)
            select bucket, kind, bot_id, state, day, shard, expected.n as expected_n,
                   expected.queue_ms as expected_queue_ms, expected.run_ms as expected_run_ms, stored.n as stored_n
              from expected
              full join (select * from job_counts where day >= :from) stored
             using (bucket, kind, bot_id, state, day, shard)
             where (expected.n, expected.queue_ms, expected.run_ms)
                   is distinct from (stored.n, stored.queue_ms, stored.run_ms)
            """;

    /** Of stages of ids without a day some may have been deleted, whose sums stay. */
    private static final String DURATION_DIFFERENCES = "with " + CHECKED_JOBS + """
            , measured as (
                select start_of_day(finished_at) as bucket, coalesce(bot_id, '') as bot_id, '' as stage_name,
                       state as outcome, run_ms as ms,
                       coalesce(id_day, (first_time at time zone 'UTC')::date) as day, shard
                  from checked
                 where duration_source = 'monotonic'
                   and state is not null
                 union all
                select start_of_day(ended_at), bot_id, stage_name, status, reported_ms, coalesce(id_day, 'infinity'),
                       shard
                  from job_stages
                 where reported_ms is not null
                   and status is not null
                   and ((id_day >= :from and job_id >= first_id(cast(:from as timestamp) at time zone 'UTC'))
                       or (:all and id_day is null))),
            expected as (
                select bucket, bot_id, stage_name, outcome, duration_slot(ms) as slot, day, shard, count(*) as n,
                       sum(ms)::bigint as total_ms
                  from measured
                 group by 1, 2, 3, 4, 5, 6, 7)
            select bucket, bot_id, stage_name, outcome, slot, day, shard, expected.n as expected_n,
                   expected.total_ms as expected_total_ms, stored.n as stored_n
              from expected
              full join (select * from job_durations where day >= :from) stored
             using (bucket, bot_id, stage_name, outcome, slot, day, shard)
             where case
                       when day = 'infinity' then :all and expected.n > coalesce(stored.n, 0)
                       else (expected.n, expected.total_ms) is distinct from (stored.n, stored.total_ms)
                   end
            """;

    /** A row of both kinds if it is there, but wrong. */
    private static final String SUM_DIFFERENCES = """
            with by_bot as (
                select bot_id, bucket, shard,
                       coalesce(sum(n) filter (where kind = 'accepted' and state = 'queued'), 0) as queued,
                       coalesce(sum(n) filter (where kind = 'accepted' and state = 'running'), 0) as running,
                       coalesce(sum(n) filter (where kind = 'accepted' and state = 'succeeded'), 0) as succeeded,
                       coalesce(sum(n) filter (where kind = 'accepted' and state = 'failed'), 0) as failed,
                       coalesce(sum(n) filter (where kind = 'accepted' and state = 'canceled'), 0) as canceled,
                       coalesce(sum(n) filter (where kind = 'finished' and state = 'succeeded'), 0)
                           as finished_succeeded,
                       coalesce(sum(n) filter (where kind = 'finished' and state = 'failed'), 0) as finished_failed,
                       coalesce(sum(n) filter (where kind = 'finished' and state = 'canceled'), 0)
                           as finished_canceled,
                       sum(queue_ms) as queue_ms, sum(run_ms) as run_ms
                  from job_counts
                 where :all
                    -- The key begins with the kind.
                    or (kind in ('accepted', 'finished')
                        and bucket >= cast(:from as timestamp) at time zone 'UTC')
                 group by 1, 2, 3),
            expected as (
                select shown.bot_id, size.minutes::smallint,
                       date_bin(size.minutes * interval '1 minute', bucket, timestamptz 'epoch') as bucket, shard,
                       sum(queued)::bigint, sum(running)::bigint, sum(succeeded)::bigint, sum(failed)::bigint,
                       sum(canceled)::bigint, sum(finished_succeeded)::bigint, sum(finished_failed)::bigint,
                       sum(finished_canceled)::bigint, sum(queue_ms)::bigint, sum(run_ms)::bigint
                  from by_bot
                 cross join (values (15), (60), (1440)) size (minutes)
                 cross join lateral (values (by_bot.bot_id), (null)) shown (bot_id)
                 group by 1, 2, 3, 4),
            stored as (
                select %1$s
                  from job_sums
                 where :all
                    or bucket >= cast(:from as timestamp) at time zone 'UTC')
            select 'expected' as side, missing.*
              from (table expected except table stored) missing (%1$s)
             union all
            select 'stored', surplus.*
              from (table stored except table expected) surplus
            """.formatted(SUM_COLUMNS);

    /** Pages look for jobs only in the partitions that these pairs name. A pair without jobs does no harm. */
    private static final String MISSING_ID_DAYS = "with " + CHECKED_JOBS + """
            select distinct (first_time at time zone 'UTC')::date as first_day, partition_day(job_id) as id_day
              from checked
             where first_time is not null
            except
            select first_day, id_day
              from job_id_days
            """;

    private static final String ORPHANS = """
            select format('stage %%s of attempt %%s of job %%s, which is unknown or purged', stage_no, attempt, job_id)
              from job_stages stage
             where (:all or (id_day >= :from and job_id >= first_id(cast(:from as timestamp) at time zone 'UTC')))
               and not exists (
                   select
                     from jobs job
                    where job.job_id = stage.job_id
                      and job.purged_at is null)
             limit %d
            """;

    private static final String DESCRIBE_COUNTS = """
            select format('%%s at %%s, bot "%%s", %%s, ids of %%s: %%s in the rows, %%s counted',
                       kind, bucket at time zone 'UTC', bot_id, state, day, coalesce(expected_n, 0),
                       coalesce(stored_n, 0))
              from (%s) difference
             limit %d
            """;

    private static final String DESCRIBE_DURATIONS = """
            select format('durations at %%s, bot "%%s", stage "%%s", %%s, slot %%s, ids of %%s: %%s in the rows, %%s counted',
                       bucket at time zone 'UTC', bot_id, stage_name, outcome, slot, day, coalesce(expected_n, 0),
                       coalesce(stored_n, 0))
              from (%s) difference
             limit %d
            """;

    private static final String DESCRIBE_SUMS = """
            select format('sums of %%s minutes at %%s, %%s, shard %%s differ from the counts',
                       minutes, bucket at time zone 'UTC',
                       case when bot_id is null then 'all bots' else format('bot "%%s"', bot_id) end, shard)
              from (%s) difference
             group by bot_id, minutes, bucket, shard
             limit %d
            """;

    private static final String DESCRIBE_ID_DAYS = """
            select format('jobs of %%s with ids of %%s, which pages do not look for', first_day, id_day)
              from (%s) missing
             limit %d
            """;

    private static final String FIRST_DAY =
            "select (greatest(dropped_before, '1970-01-01Z') at time zone 'UTC')::date from job_retention";

    private static final String CREATE_WRONG_COUNTS = "create temporary table wrong_counts on commit drop as ";
    private static final String CREATE_WRONG_DURATIONS = "create temporary table wrong_durations on commit drop as ";
    private static final String CREATE_WRONG_SUMS = "create temporary table wrong_sums on commit drop as ";

    private static final List<String> CORRECTIONS = List.of("""
            delete from job_counts kept
             using wrong_counts wrong
             where (kept.bucket, kept.kind, kept.bot_id, kept.state, kept.day, kept.shard)
                   = (wrong.bucket, wrong.kind, wrong.bot_id, wrong.state, wrong.day, wrong.shard)
            """, """
            insert into job_counts (bucket, kind, bot_id, state, day, shard, n, queue_ms, run_ms)
            select bucket, kind, bot_id, state, day, shard, expected_n, expected_queue_ms, expected_run_ms
              from wrong_counts
             where expected_n is not null
            """, """
            delete from job_durations kept
             using wrong_durations wrong
             where (kept.bucket, kept.bot_id, kept.stage_name, kept.outcome, kept.slot, kept.day, kept.shard)
                   = (wrong.bucket, wrong.bot_id, wrong.stage_name, wrong.outcome, wrong.slot, wrong.day, wrong.shard)
            """, """
            insert into job_durations (bucket, bot_id, stage_name, outcome, slot, day, shard, n, total_ms)
            select bucket, bot_id, stage_name, outcome, slot, day, shard, expected_n, expected_total_ms
              from wrong_durations
             where expected_n is not null
            """);

    private static final List<String> SUM_CORRECTIONS = List.of("""
            delete from job_sums kept
             using wrong_sums wrong
             where kept.bot_id is not distinct from wrong.bot_id
               and (kept.minutes, kept.bucket, kept.shard) = (wrong.minutes, wrong.bucket, wrong.shard)
            """, """
            insert into job_sums (%1$s)
            select %1$s
              from wrong_sums
             where side = 'expected'
            """.formatted(SUM_COLUMNS));

    private final JdbcClient database;

    public JobCountsCheck(JdbcClient database) {
        this.database = database;
    }

    /** Compares everything. Returns at most so many differences of each kind. */
    public List<String> run(int limit) {
        return run(firstDay(), true, limit);
    }

    /** Compares the ids of a day and of later ones. */
    List<String> runSince(LocalDate day, int limit) {
        LocalDate first = firstDay();
        return run(day.isBefore(first) ? first : day, false, limit);
    }

    private List<String> run(LocalDate from, boolean all, int limit) {
        List<String> differences = new ArrayList<>();
        differences.addAll(query(DESCRIBE_COUNTS.formatted(COUNT_DIFFERENCES, limit), from, all));
        differences.addAll(query(DESCRIBE_DURATIONS.formatted(DURATION_DIFFERENCES, limit), from, all));
        differences.addAll(query(DESCRIBE_SUMS.formatted(SUM_DIFFERENCES, limit), from, all));
        differences.addAll(query(DESCRIBE_ID_DAYS.formatted(MISSING_ID_DAYS, limit), from, all));
        differences.addAll(query(ORPHANS.formatted(limit), from, all));
        return differences;
    }

    private List<String> query(String sql, LocalDate from, boolean all) {
        return database.sql(sql)
                .param("from", from)
                .param("all", all)
                .query(String.class)
                .list();
    }

    /** Replaces the counts that differ, in the transaction of the caller, in which no consumer may write. */
    public void correct() {
        LocalDate from = firstDay();
        database.sql(CREATE_WRONG_COUNTS + COUNT_DIFFERENCES)
                .param("from", from)
                .update();
        database.sql(CREATE_WRONG_DURATIONS + DURATION_DIFFERENCES)
                .param("from", from)
                .param("all", true)
                .update();
        CORRECTIONS.forEach(statement -> database.sql(statement).update());
        // The sums follow the counts, so what differs now was wrong by itself.
        database.sql(CREATE_WRONG_SUMS + SUM_DIFFERENCES)
                .param("from", from)
                .param("all", true)
                .update();
        SUM_CORRECTIONS.forEach(statement -> database.sql(statement).update());
        database.sql("insert into job_id_days (first_day, id_day) " + MISSING_ID_DAYS)
                .param("from", from)
                .update();
        database.sql("drop table wrong_counts, wrong_durations, wrong_sums").update();
    }

    private LocalDate firstDay() {
        return database.sql(FIRST_DAY).query(LocalDate.class).single();
    }
}
