package io.gonkapulse.apigateway.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.JobTestData;
import io.gonkapulse.apigateway.support.QueryPlan;
import io.gonkapulse.apigateway.support.TestJobBuilder;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pages read their own rows only, by the index that the statement names. The number of jobs is 100,000, or that of
 * {@code -Dgateway.jobs=1000000}.
 */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobQueryPlanTest {

    private static final int JOBS = Integer.getInteger("gateway.jobs", 100_000);
    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final OffsetDateTime YESTERDAY = NOW.minusSeconds(86_400).atOffset(ZoneOffset.UTC);
    private static final int LIMIT = 51;

    private final TestDatabase database;
    private final JobTestData data;

    JobQueryPlanTest(TestDatabase database) {
        this.database = database;
        this.data = JobTestData.in(database);
    }

    /** Jobs of twenty bots in four days; every twentieth failed, the newest hundred run, and ten have a parent. */
    @BeforeAll
    void load() {
        data.rollPartitions(NOW.minusSeconds(3 * 86_400));
        data.run("alter table audit.jobs disable trigger user");
        data.run("""
                insert into audit.jobs (job_id, id_day, bot_id, first_time, accepted_at, started_at, running, outcome,
                       outcome_key, outcome_at, elapsed_ms, created_by_name, parent_id)
                select (substring(audit.first_id(at)::text for 14) || '7' || substring(gen_random_uuid()::text from 16))::uuid,
                       (at at time zone 'UTC')::date, 'bot-' || number %% 20, at, at, at, true,
                       case when number > 100 then case when number / 20 %% 20 = 0 then 'failed' else 'succeeded' end end,
                       case when number > 100 then '\\x00'::bytea end,
                       case when number > 100 then at + interval '1 second' end,
                       case when number > 100 then 1000 end,
                       'user-' || number %% 40,
                       case when number %% %d = 0 then '%s'::uuid end
                  from generate_series(1, %d) number
                 cross join lateral (
                       select timestamptz '2026-03-10T12:00:00Z' - number * interval '4 days' / %d as at) times
                """.formatted(JOBS / 10, TestJobBuilder.idOf(NOW, 1), JOBS, JOBS));
        data.run(
                "insert into audit.jobs (job_id, purged_at) select gen_random_uuid(), now() from generate_series(1, 2000)");
        data.job("bot-rare", NOW.minusSeconds(3 * 86_400)).insert();
        data.run("insert into audit.job_stages (job_id, attempt, stage_no, stage_name, started_at) "
                + "select job_id, 1, 1, 'load', started_at from audit.jobs where purged_at is null");
        data.run("vacuum analyze audit.jobs, audit.job_stages");
    }

    /**
     * The order of the index is that of the page. Pages of several states merge a page of each. Less than a page may be
     * sorted.
     */
    @ParameterizedTest
    @CsvSource({
        "'', '', '', 0, first_time_job_id",
        "failed, '', '', 0, state_first_time_job_id",
        "failed, bot-7, '', 0, bot_id_state_first_time_job_id",
        "failed, '', user-7, 1, created_by_name_state_first_time_job_id",
        "'failed,running', '', '', 2, state_first_time_job_id",
        "'', bot-7, '', 5, bot_id_state_first_time_job_id",
        "'', '', user-7, 5, created_by_name_state_first_time_job_id"
    })
    void pagesReadTheirRowsInOrder(String states, String bot, String creator, int merged, String index) {
        JobFilter filter = new JobFilter(
                states.isEmpty() ? List.of() : List.of(states.split(",", -1)),
                bot.isEmpty() ? null : bot,
                creator.isEmpty() ? null : creator,
                null,
                null,
                null,
                null);
        for (JobSort sort : JobSort.values()) {
            for (boolean hasCursor : new boolean[] {false, true}) {
                QueryPlan plan = explain(filter, sort, hasCursor);

                assertUses(plan, index);
                // A page of each state, and one row of each partition to merge them.
                assertThat(plan.rowsRead()).as(plan.toString()).isLessThan(10 * LIMIT);
                assertThat(plan.sortedRows()).as(plan.toString()).isLessThanOrEqualTo(2L * merged * LIMIT);
            }
        }
    }

    /** Bots of few jobs, rare states and purged jobs must not make a page read others to the end. */
    @ParameterizedTest
    @CsvSource({"canceled, ''", "queued, bot-7", "'', bot-rare", "'', ''"})
    void rareJobsReadFewRows(String state, String bot) {
        JobFilter filter = new JobFilter(
                state.isEmpty() ? List.of() : List.of(state), bot.isEmpty() ? null : bot, null, null, null, null, null);

        QueryPlan plan = explain(filter, JobSort.NEWEST, false);

        assertThat(plan.rowsRead()).as(plan.toString()).isLessThan(5 * LIMIT);
    }

    @Test
    void parentHasIndex() {
        JobFilter filter = new JobFilter(List.of(), null, null, TestJobBuilder.idOf(NOW, 1), null, null, null);

        QueryPlan plan = explain(filter, JobSort.NEWEST, false);

        assertUses(plan, "parent_id_first_time_job_id");
        assertThat(plan.rowsRead()).as(plan.toString()).isLessThan(2 * LIMIT);
    }

    @Test
    void searchOfBotHasIndex() {
        JobFilter filter = new JobFilter(List.of(), null, null, null, "bot-1", null, null);

        QueryPlan plan = explain(filter, JobSort.NEWEST, true);

        assertUses(plan, "bot_id_state_first_time_job_id");
        assertThat(plan.rowsRead()).as(plan.toString()).isLessThan(15 * LIMIT);
    }

    @Test
    void searchOfIdReadsOnePartition() {
        UUID id = data.job("bot-7", NOW.minusSeconds(30)).insert();
        JobFilter filter =
                new JobFilter(List.of(), null, null, null, id.toString().substring(0, 13), null, null);
        JobPageSql page = JobPageSql.of(
                new JobPageQuery(filter, JobSort.NEWEST, LIMIT - 1, null), JobFilterSql.of(filter, List.of()), null);

        QueryPlan plan = QueryPlan.explain(database, page.text(), page.parameters());

        assertUses(plan, "pkey");
        assertThat(plan.relations()).as(plan.toString()).hasSize(1);
    }

    /** Otherwise planning would take longer than reading. */
    @Test
    void windowReadsItsPartitions() {
        JobFilter filter = new JobFilter(List.of(), "bot-7", null, null, null, null, null);
        LocalDate day = LocalDate.of(2026, 3, 9);

        JobPageSql page = JobPageSql.of(
                new JobPageQuery(filter, JobSort.NEWEST, LIMIT - 1, null),
                JobFilterSql.of(filter, List.of()),
                JobWindow.of(day, day, Arrays.asList(null, day)));
        QueryPlan plan = QueryPlan.explain(database, page.text(), page.parameters());

        assertThat(plan.relations())
                .as(plan.toString())
                .containsExactlyInAnyOrder("jobs_20260309", "jobs_other_ids_low", "jobs_other_ids_high");
    }

    @Test
    void idReadsOnePartition() {
        Instant accepted = NOW.minusSeconds(60);
        UUID id = data.job("bot-7", accepted).insert();

        QueryPlan plan = QueryPlan.explain(database, JobRepository.FIND, Map.of("id", id));

        assertUses(plan, "pkey");
        assertThat(plan.relations()).as(plan.toString()).hasSize(1);
    }

    @Test
    void runsReadTenRowsOfBot() {
        QueryPlan plan = QueryPlan.explain(
                database,
                JobDetailsReader.FIND_RUNS.replace("@window", ""),
                Map.of(
                        "bots",
                        new String[] {"bot-7", "bot-8"},
                        "before",
                        YESTERDAY,
                        "until",
                        YESTERDAY,
                        "except",
                        new UUID(0, 0),
                        "runs",
                        JobEtaEstimator.MAX_RUNS));

        assertUses(plan, "bot_id_state_first_time_job_id");
        assertThat(plan.rowsRead()).as(plan.toString()).isLessThan(200);
    }

    @Test
    void stagesReadTheirPartition() {
        UUID[] ids = {TestJobBuilder.idOf(NOW, 1), TestJobBuilder.idOf(NOW, 2)};

        QueryPlan plan = QueryPlan.explain(
                database,
                JobDetailsReader.COUNT_STAGES,
                Map.of("ids", ids, "attempts", new Integer[] {1, 1}, "listed", new Boolean[] {false, false}));

        assertThat(plan.rowsRead()).as(plan.toString()).isLessThan(10);
        assertThat(plan.relations()).as(plan.toString()).containsExactly("job_stages_20260310");
    }

    @Test
    void rowsAreCountedInIndex() {
        JobFilter filter = new JobFilter(List.of("failed"), null, "user-7", null, null, null, null);
        JobFilterSql sql = JobFilterSql.of(filter, List.of());
        Map<String, @Nullable Object> parameters = new HashMap<>(sql.parameters());
        parameters.put("limit", 10_001);

        QueryPlan plan = QueryPlan.explain(
                database,
                JobPageRepository.COUNT_ROWS.replace("@conditions", sql.all() + JobFilterSql.HAS_STATE),
                parameters);

        assertUses(plan, "created_by_name_state_first_time_job_id");
        assertThat(plan.toString()).contains("Index Only Scan");
    }

    private QueryPlan explain(JobFilter filter, JobSort sort, boolean hasCursor) {
        JobPageCursor after =
                hasCursor ? new JobPageCursor(sort, YESTERDAY.toInstant(), TestJobBuilder.idOf(NOW, 1)) : null;
        List<String> bots = filter.searchText() == null ? List.of() : List.of(filter.searchText());
        JobPageSql page =
                JobPageSql.of(new JobPageQuery(filter, sort, LIMIT - 1, after), JobFilterSql.of(filter, bots), null);
        return QueryPlan.explain(database, page.text(), page.parameters());
    }

    /** Each partition names its indexes after their columns. */
    private static void assertUses(QueryPlan plan, String index) {
        Set<String> indexes = plan.indexes();
        assertThat(indexes).as(plan.toString()).isNotEmpty().allMatch(name -> name.contains(index));
    }
}
