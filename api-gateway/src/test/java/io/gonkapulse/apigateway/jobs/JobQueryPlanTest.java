package io.gonkapulse.apigateway.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.JobTestData;
import io.gonkapulse.apigateway.support.QueryPlan;
import io.gonkapulse.apigateway.support.TestJobBuilder;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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

    /** Jobs of twenty bots in four days; every twentieth failed, and the newest hundred run. */
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
                       'user-' || number %% 1000,
                       case when number %% 10000 = 0 then '%s'::uuid end
                  from generate_series(1, %d) number
                 cross join lateral (
                       select timestamptz '2026-03-10T12:00:00Z' - number * interval '4 days' / %d as at) times
                """.formatted(TestJobBuilder.idOf(NOW, 1), JOBS, JOBS));
        data.run("insert into audit.job_stages (job_id, attempt, stage_no, stage_name, started_at) "
                + "select job_id, 1, 1, 'load', started_at from audit.jobs");
        data.run("vacuum analyze audit.jobs, audit.job_stages");
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', -firstTime, first_time_job_id",
        "'', '', firstTime, first_time_job_id",
        "failed, '', -firstTime, state_first_time",
        "'failed,running', '', -firstTime, state_first_time",
        "failed, bot-7, -acceptedAt, bot_id_state_accepted_at",
        "failed, bot-7, acceptedAt, bot_id_state_accepted_at",
        "'', bot-7, -acceptedAt, bot_id_state_accepted_at"
    })
    void pagesReadFewRows(String states, String bot, String sort, String index) {
        JobFilter filter = new JobFilter(
                states.isEmpty() ? List.of() : List.of(states.split(",", -1)),
                bot.isEmpty() ? null : bot,
                null,
                null,
                null,
                null,
                null);
        for (boolean hasCursor : new boolean[] {false, true}) {
            QueryPlan plan = explain(filter, JobSort.parse(sort), hasCursor);

            assertUses(plan, index);
            // A page of each state, and one row of each partition to merge them.
            assertThat(plan.rowsRead()).as(plan.toString()).isLessThan(10 * LIMIT);
        }
    }

    @Test
    void creatorHasIndex() {
        JobFilter filter = new JobFilter(List.of(), null, "user-7", null, null, null, null);

        assertUses(explain(filter, JobSort.NEWEST, true), "created_by_name_first_time");
    }

    @Test
    void parentHasIndex() {
        JobFilter filter = new JobFilter(List.of(), null, null, TestJobBuilder.idOf(NOW, 1), null, null, null);

        assertUses(explain(filter, JobSort.NEWEST, false), "parent_id");
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
                JobDetailsReader.FIND_RUNS,
                Map.of(
                        "bots",
                        new String[] {"bot-7", "bot-8"},
                        "before",
                        YESTERDAY,
                        "except",
                        new UUID(0, 0),
                        "runs",
                        JobEtaEstimator.MAX_RUNS));

        assertUses(plan, "bot_id_state_accepted_at");
        assertThat(plan.rowsRead()).as(plan.toString()).isLessThan(200);
    }

    @Test
    void botsReadOneRowEach() {
        QueryPlan plan = QueryPlan.explain(database, JobPageRepository.FIND_BOTS, Map.of("words", "bot"));

        assertUses(plan, "bot_id_state_accepted_at");
        assertThat(plan.rowsRead()).as(plan.toString()).isLessThan(21 * 12 * 2);
    }

    private QueryPlan explain(JobFilter filter, JobSort sort, boolean hasCursor) {
        JobFilterSql sql = JobFilterSql.of(filter, List.of());
        Map<String, @Nullable Object> parameters = new HashMap<>(sql.parameters());
        parameters.put("limit", LIMIT);
        if (filter.states().isEmpty()) {
            parameters.put("states", String.join(",", JobPageRepository.STATES));
        }
        if (hasCursor) {
            parameters.put("afterTime", YESTERDAY);
            parameters.put("afterId", TestJobBuilder.idOf(NOW, 1));
        }
        String acceptance = sort.isByAcceptance() ? " and accepted_at is not null" : "";
        return QueryPlan.explain(
                database,
                JobPageRepository.buildStatement(filter, sort, sql.conditions() + acceptance, hasCursor),
                parameters);
    }

    /** Each partition names its indexes after their columns. */
    private static void assertUses(QueryPlan plan, String index) {
        Set<String> indexes = plan.indexes();
        assertThat(indexes).as(plan.toString()).isNotEmpty().allMatch(name -> name.contains(index));
    }
}
