package io.gonkapulse.jobrecorder.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.jobrecorder.merge.JobTablesFixture;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The search for lost jobs runs every few seconds, so it must not read the jobs that ended. */
@RealInfrastructure
@Tag("process")
class LostJobQueryPlanTest {

    private static final int JOBS = Integer.getInteger("recorder.jobs", 100_000);
    private static final Instant START = Instant.parse("2026-03-14T00:00:00Z");

    /** One job in a thousand is open. */
    private static final String INSERT = """
            insert into audit.jobs (job_id, id_day, bot_id, first_time, started_at, running, lease_until, lease_ms,
                                    outcome, outcome_key, outcome_at)
            select (substring(audit.first_id(at)::text from 1 for 13) || '-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid,
                   date '2026-03-14', 'nightly', at, at, true, at + interval '30 seconds', 30000,
                   outcome, case when outcome is not null then '\\x00'::bytea end,
                   case when outcome is not null then at + interval '9 seconds' end
              from generate_series(1, %d) number
             cross join lateral (
                   select timestamptz '2026-03-14T00:00:00Z' + number * interval '20 hours' / %d as at,
                          case when number %% 1000 <> 0 then 'succeeded' end as outcome) values_of_row
            """;

    @Test
    void searchReadsOpenJobsOnly(TestDatabase database) {
        try (JobTablesFixture tables = new JobTablesFixture(database)) {
            tables.addDays(START);
            // The counts make no difference here, and take most of the time.
            tables.owner.execute("alter table audit.jobs disable trigger user");
            tables.owner.execute(INSERT.formatted(JOBS, JOBS));
            tables.owner.execute("vacuum analyze audit.jobs");

            String plan = String.join(
                    "\n",
                    JdbcClient.create(tables.jdbc)
                            .sql("explain (analyze, timing off) " + LostJobRepository.SELECT_ENDED_LEASES)
                            .param("bucket", Instant.EPOCH.atOffset(ZoneOffset.UTC))
                            .param("job_id", new UUID(0, 0))
                            .param("before", START.plusSeconds(80_000).atOffset(ZoneOffset.UTC))
                            .param("limit", 10_000)
                            .query(String.class)
                            .list());

            // Of partitions without rows no index is needed.
            assertThat(plan).contains("Index Scan using jobs_20260314_lease_bucket_job_id_idx");
            assertThat(plan).contains("actual rows=" + JOBS / 1_000).doesNotContain("Rows Removed");
        }
    }
}
