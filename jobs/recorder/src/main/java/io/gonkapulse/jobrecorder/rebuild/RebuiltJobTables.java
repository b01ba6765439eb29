package io.gonkapulse.jobrecorder.rebuild;

import io.gonkapulse.jobrecorder.merge.JobTables;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tables of one session, in which a rebuild merges the events, and what differs between them and the live ones. */
final class RebuiltJobTables {

    static final JobTables NAMES = new JobTables("rebuilt_jobs", "rebuilt_stages", false);

    /** Differences in memory at a time; there may be as many as jobs. */
    private static final int FETCH_SIZE = 500;

    /** Adopted rows have no events, so a rebuild begins with them. */
    private static final List<String> CREATE = List.of(
            "create temporary table rebuilt_jobs (like jobs including all)",
            "create temporary table rebuilt_stages (like job_stages including all)");

    private static final String COPY_ADOPTED_JOBS =
            "insert into rebuilt_jobs (%1$s) select %1$s from jobs where origin = 'adopted'";

    private static final String COPY_ADOPTED_STAGES = """
            insert into rebuilt_stages (%1$s)
            select %1$s
              from job_stages
             where job_id in (select job_id from rebuilt_jobs)
            """;

    /** A job whose first events are no longer in the topic stays as it is, and so does an expired one. */
    private static final String COVERED = """
            case
                when id_day is not null then job_id >= first_id(greatest(
                    cast(:covered_from as timestamptz), dropped_before, timestamptz 'epoch'))
                else cast(:covered_from as timestamptz) is null and coalesce(first_time >= dropped_before, true)
            end""";

    private static final String FIND_COMPARED = """
            create temporary table compared_jobs on commit drop as
            select job_id
              from (
                    select job_id, %1$s as covered from jobs cross join job_retention
                     union all
                    select job_id, %1$s from rebuilt_jobs cross join job_retention) sides
             group by job_id
            having bool_and(covered)
            """.formatted(COVERED);

    private static final String COMPARE_JOBS = """
            create temporary table changed_jobs on commit drop as
            select job_id,
                   case when live.job_id is null then 'added' when rebuilt.job_id is null then 'removed' else 'changed' end
                       as change
              from compared_jobs
              left join (select job_id, origin, row(%1$s) as contents from jobs) live using (job_id)
              left join (select job_id, row(%1$s) as contents from rebuilt_jobs) rebuilt using (job_id)
             where live.contents is distinct from rebuilt.contents
               and (rebuilt.job_id is not null or live.origin <> 'adopted')
            """;

    private static final String COMPARE_STAGES = """
            create temporary table changed_stages on commit drop as
            select job_id, attempt, stage_no,
                   case when live.job_id is null then 'added' when rebuilt.job_id is null then 'removed' else 'changed' end
                       as change
              from (
                    select job_id, attempt, stage_no, row(%1$s) as contents
                      from job_stages
                     where job_id in (select job_id from compared_jobs)) live
              full join (
                    select job_id, attempt, stage_no, row(%1$s) as contents
                      from rebuilt_stages
                     where job_id in (select job_id from compared_jobs)) rebuilt
             using (job_id, attempt, stage_no)
             where live.contents is distinct from rebuilt.contents
               and (rebuilt.job_id is not null
                   or exists (select from rebuilt_jobs job where job.job_id = live.job_id)
                   or not exists (select from jobs job where job.job_id = live.job_id and job.origin = 'adopted'))
            """;

    private static final List<String> REPLACE = List.of(
            "delete from job_stages where (job_id, attempt, stage_no) in (select job_id, attempt, stage_no from changed_stages)",
            "delete from jobs where job_id in (select job_id from changed_jobs)",
            """
            insert into jobs (%1$s)
            select %1$s
              from rebuilt_jobs
             where job_id in (select job_id from changed_jobs)
            """,
            """
            insert into job_stages (%2$s)
            select %2$s
              from rebuilt_stages
             where (job_id, attempt, stage_no) in (select job_id, attempt, stage_no from changed_stages)
            """);

    private final JdbcClient database;
    private final String jobColumns;
    private final String stageColumns;

    RebuiltJobTables(JdbcClient database) {
        this.database = database;
        this.jobColumns = columns("jobs");
        this.stageColumns = columns("job_stages");
    }

    private String columns(String table) {
        return database.sql("select plain_columns(cast(? as regclass))")
                .param(table)
                .query(String.class)
                .single();
    }

    void create() {
        CREATE.forEach(statement -> database.sql(statement).update());
        database.sql(COPY_ADOPTED_JOBS.formatted(jobColumns)).update();
        database.sql(COPY_ADOPTED_STAGES.formatted(stageColumns)).update();
    }

    void drop() {
        database.sql("drop table if exists pg_temp.rebuilt_jobs, pg_temp.rebuilt_stages")
                .update();
    }

    /**
     * Compares with the live rows, in the transaction of the caller.
     *
     * @param coveredFrom jobs with older ids stay as they are; null if the topic has every record
     * @param differences receives every job that differs
     */
    JobRebuildReport.RowCounts compare(@Nullable Instant coveredFrom, Consumer<String> differences) {
        Object from = coveredFrom == null ? null : coveredFrom.atOffset(ZoneOffset.UTC);
        database.sql("analyze rebuilt_jobs").update();
        database.sql("analyze rebuilt_stages").update();
        database.sql(FIND_COMPARED).param("covered_from", from).update();
        database.sql(COMPARE_JOBS.formatted(jobColumns)).update();
        database.sql(COMPARE_STAGES.formatted(stageColumns)).update();
        database.sql("select format('job %s %s', job_id, change) from changed_jobs order by job_id")
                .withFetchSize(FETCH_SIZE)
                .query((RowCallbackHandler) row -> differences.accept(row.getString(1)));
        database.sql("select format('stage %s of attempt %s of job %s %s', stage_no, attempt, job_id, change) "
                        + "from changed_stages order by job_id, attempt, stage_no")
                .withFetchSize(FETCH_SIZE)
                .query((RowCallbackHandler) row -> differences.accept(row.getString(1)));
        long compared = database.sql("select count(*) from compared_jobs")
                .query(Long.class)
                .single();
        return database.sql("""
                        select count(*) filter (where change = 'changed') as changed,
                               count(*) filter (where change = 'added') as added,
                               count(*) filter (where change = 'removed') as removed,
                               (select count(*) from changed_stages) as stages
                          from changed_jobs
                        """)
                .query((row, number) -> new JobRebuildReport.RowCounts(
                        compared,
                        row.getLong("changed"),
                        row.getLong("added"),
                        row.getLong("removed"),
                        row.getLong("stages")))
                .single();
    }

    /** Puts the rebuilt rows in the place of those that differ. The counts follow. */
    void replace() {
        REPLACE.forEach(statement ->
                database.sql(statement.formatted(jobColumns, stageColumns)).update());
    }
}
