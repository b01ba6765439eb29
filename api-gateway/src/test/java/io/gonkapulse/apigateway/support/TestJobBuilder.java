package io.gonkapulse.apigateway.support;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Builds a row of {@code audit.jobs}. Without further calls the job is queued. */
public final class TestJobBuilder {

    private static final String INSERT = """
            insert into audit.jobs
                   (job_id, id_day, bot_id, first_time, accepted_at, started_at, running, lease_until, outcome,
                    outcome_key, outcome_at, elapsed_ms, error_name, error_message, created_by_name, created_by_role,
                    created_by_at, parent_id, meta, result, progress, lost_until, succeeded, failed,
                    canceled_in_queue, cancel_requested_at, cancel_requested_by)
            values (:id, (audit.id_time(:id) at time zone 'UTC')::date, :bot, :firstTime, :acceptedAt, :startedAt,
                    :running, :leaseUntil, :outcome, case when cast(:outcome as text) is not null then '\\x00'::bytea end,
                    :outcomeAt, :elapsed, :errorName, :errorMessage, :creator,
                    case when cast(:creator as text) is not null then 'admin' end,
                    case when cast(:creator as text) is not null then cast(:acceptedAt as timestamptz) end,
                    :parent, cast(:meta as jsonb), cast(:result as jsonb), cast(:progress as jsonb), :lostUntil,
                    case when :outcome = 'succeeded' then
                        row('\\x00'::bytea, cast(:outcomeAt as timestamptz), 'backup-host')::audit.job_claim end,
                    case when :outcome = 'failed' then
                        row('\\x00'::bytea, cast(:outcomeAt as timestamptz), 'backup-host')::audit.job_claim end,
                    case when cast(:canceledInQueueAt as timestamptz) is not null then
                        row('\\x01'::bytea, cast(:canceledInQueueAt as timestamptz), 'queue')::audit.job_claim end,
                    :cancelRequestedAt, case when cast(:cancelRequestedAt as timestamptz) is not null then 'ops' end)
            """;

    private final JdbcClient client;
    private final Map<String, @Nullable Object> columns = new HashMap<>();

    TestJobBuilder(JdbcClient client, String bot, Instant acceptedAt) {
        this.client = client;
        for (String column : new String[] {
            "startedAt",
            "leaseUntil",
            "outcome",
            "outcomeAt",
            "elapsed",
            "errorName",
            "errorMessage",
            "creator",
            "parent",
            "meta",
            "result",
            "progress",
            "lostUntil",
            "canceledInQueueAt",
            "cancelRequestedAt"
        }) {
            columns.put(column, null);
        }
        columns.put("id", idOf(acceptedAt, bot.hashCode()));
        columns.put("bot", bot);
        columns.put("running", false);
        setTime("firstTime", acceptedAt);
        setTime("acceptedAt", acceptedAt);
    }

    /** An id of version 7. */
    public static UUID idOf(Instant at, int number) {
        return new UUID((at.toEpochMilli() << 16) | 0x7000, 0x8000_0000_0000_0000L | Integer.toUnsignedLong(number));
    }

    private void setTime(String column, Instant time) {
        columns.put(column, time.atOffset(ZoneOffset.UTC));
    }

    public TestJobBuilder id(UUID id) {
        columns.put("id", id);
        return this;
    }

    public TestJobBuilder withoutBot() {
        columns.put("bot", null);
        return this;
    }

    public TestJobBuilder withoutAcceptance() {
        columns.put("acceptedAt", null);
        return this;
    }

    public TestJobBuilder running(Instant startedAt) {
        setTime("startedAt", startedAt);
        setTime("leaseUntil", startedAt.plus(Duration.ofHours(1)));
        columns.put("running", true);
        return this;
    }

    /** Ends the job; its producer measured the run. */
    public TestJobBuilder ended(String outcome, Instant startedAt, long runMillis) {
        running(startedAt);
        columns.put("outcome", outcome);
        setTime("outcomeAt", startedAt.plusMillis(runMillis));
        columns.put("elapsed", runMillis);
        if (outcome.equals("failed")) {
            columns.put("errorName", "IOException");
            columns.put("errorMessage", "exit code 1");
        }
        return this;
    }

    public TestJobBuilder lost(Instant startedAt) {
        running(startedAt);
        columns.put("lostUntil", columns.get("leaseUntil"));
        return this;
    }

    public TestJobBuilder canceledInQueue(Instant at) {
        setTime("canceledInQueueAt", at);
        setTime("cancelRequestedAt", at);
        if (columns.get("outcome") == null) {
            columns.put("outcome", "canceled");
            setTime("outcomeAt", at);
        }
        return this;
    }

    public TestJobBuilder createdBy(String name) {
        columns.put("creator", name);
        return this;
    }

    public TestJobBuilder parent(UUID parent) {
        columns.put("parent", parent);
        return this;
    }

    public TestJobBuilder meta(String json) {
        columns.put("meta", json);
        return this;
    }

    public TestJobBuilder result(String json) {
        columns.put("result", json);
        return this;
    }

    public UUID insert() {
        client.sql(INSERT).params(columns).update();
        return (UUID) Objects.requireNonNull(columns.get("id"));
    }
}
