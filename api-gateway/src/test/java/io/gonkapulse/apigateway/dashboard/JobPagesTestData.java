package io.gonkapulse.apigateway.dashboard;

import io.gonkapulse.apigateway.support.JobTestData;
import io.gonkapulse.apigateway.support.TestJobBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Jobs in every state, and a bot with more jobs than the API returns at once. */
final class JobPagesTestData {

    static final String HOSTILE = "<img src=x onerror=window.attacked=1>";
    static final int BULK = 510;
    static final int MANY_STAGES = 1_000;

    /** The jobs of which the tests open the pages. */
    final UUID running;

    final UUID failed;
    final UUID lost;
    final UUID conflicting;
    final UUID waterfall;
    final UUID manyStages;
    final UUID canceled;

    private final JobTestData data;
    private final Instant now;

    JobPagesTestData(JobTestData data, Instant now) {
        this.data = data;
        this.now = now;
        data.rollPartitions(now);
        running = insertRunning();
        failed = data.job("nightly-backup", ago(20))
                .createdBy("ops")
                .ended("failed", ago(19), 500)
                .insert();
        lost = data.job("tracker-poller.poll", ago(180)).lost(ago(179)).insert();
        conflicting = data.job("earnings.rebuild", ago(30))
                .ended("succeeded", ago(29), 60_000)
                .canceledInQueue(ago(28))
                .result("{\"bytes\": 123456789012345678901234567890}")
                .insert();
        waterfall = insertWaterfall();
        manyStages = insertManyStages();
        canceled = data.job("earnings.rebuild", ago(60))
                .createdBy("ops")
                .canceledInQueue(ago(59))
                .insert();
        data.job("child", ago(10)).parent(waterfall).insert();
        for (int i = 0; i < BULK; i++) {
            data.job("bulk", ago(300).minusSeconds(i))
                    .id(TestJobBuilder.idOf(ago(300), i))
                    .insert();
        }
    }

    private Instant ago(long minutes) {
        return now.minus(Duration.ofMinutes(minutes));
    }

    private UUID insertRunning() {
        for (int i = 1; i <= 3; i++) {
            data.job("nightly-backup", ago(100 + i))
                    .ended("succeeded", ago(100 + i), 600_000)
                    .insert();
        }
        UUID job = data.job("nightly-backup", ago(1))
                .createdBy("ops")
                .running(now.minusSeconds(50))
                .insert();
        data.insertStage(job, 1, "dump", now.minusSeconds(50), "", 0);
        return job;
    }

    /** Waits for 30 s, fetches for 3 ms, is idle for more than two hours, and ends with a stage without a reported end. */
    private UUID insertWaterfall() {
        Instant start = ago(170);
        UUID job = data.job(HOSTILE, start.minusSeconds(30))
                .ended("succeeded", start, 7_860_000)
                .meta("{\"page\": \"" + HOSTILE + "\"}")
                .insert();
        data.insertStage(job, 1, "fetch", start, "succeed", 3);
        data.insertStage(job, 2, HOSTILE, start.plusSeconds(7_800), "fail", 20_000);
        data.insertStage(job, 3, "publish", start.plusSeconds(7_820), "", 0);
        return job;
    }

    private UUID insertManyStages() {
        Instant start = ago(160);
        UUID job = data.job("many", start.minusSeconds(1))
                .ended("succeeded", start, 3_000_000)
                .insert();
        data.run("""
                insert into audit.job_stages
                       (job_id, attempt, stage_no, bot_id, stage_name, started_at, end_key, ended_at, status, reported_ms)
                select '%1$s', 1, no, 'many', 'batch ' || no, at, '\\x00', at + interval '5 ms', 'succeed', 5
                  from generate_series(1, %2$d) no,
                       lateral (select timestamptz '%3$s' + no * interval '2 s' as at) start
                """.formatted(job, MANY_STAGES, start));
        return job;
    }
}
