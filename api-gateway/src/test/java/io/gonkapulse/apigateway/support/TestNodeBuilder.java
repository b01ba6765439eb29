package io.gonkapulse.apigateway.support;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Inserts a node, and its stats if it has a status. */
public final class TestNodeBuilder {

    private final JdbcClient client;
    private final String identifier;
    private @Nullable String displayName;
    private @Nullable String gpuType;
    private @Nullable String region;
    private @Nullable String status;
    private Instant fetchedAt = Instant.EPOCH;
    private String model = "model-a";
    private @Nullable String earningsDay = "12.5";
    private @Nullable LocalDate earningsDate;
    private @Nullable String uptime = "90";
    private @Nullable String weight = "100";

    TestNodeBuilder(JdbcClient client, String identifier) {
        this.client = client;
        this.identifier = identifier;
    }

    public TestNodeBuilder displayName(String name) {
        displayName = name;
        return this;
    }

    public TestNodeBuilder gpuType(String type) {
        gpuType = type;
        return this;
    }

    public TestNodeBuilder region(String name) {
        region = name;
        return this;
    }

    public TestNodeBuilder stats(String newStatus, Instant at) {
        status = newStatus;
        fetchedAt = at;
        return this;
    }

    public TestNodeBuilder model(String name) {
        model = name;
        return this;
    }

    public TestNodeBuilder earningsDay(@Nullable String gnk) {
        earningsDay = gnk;
        return this;
    }

    /** Sets the day of the newest earnings. */
    public TestNodeBuilder earningsDate(LocalDate day) {
        earningsDate = day;
        return this;
    }

    public TestNodeBuilder uptime(@Nullable String percent) {
        uptime = percent;
        return this;
    }

    public TestNodeBuilder weight(@Nullable String votingWeight) {
        weight = votingWeight;
        return this;
    }

    public UUID insert() {
        UUID node = client.sql("""
                        insert into nodes (identifier, identifier_type, display_name, gpu_type, region)
                        values (?, 'wallet', ?, ?, ?)
                        returning id
                        """)
                .params(Arrays.asList(identifier, displayName, gpuType, region))
                .query(UUID.class)
                .single();
        if (status != null) {
            insertStats(node);
        }
        return node;
    }

    private void insertStats(UUID node) {
        client.sql("""
                        insert into node_stats_cache
                               (node_id, status, active_model, earnings_day, earnings_date, earnings_total, uptime_percent,
                                voting_weight, jobs_day, source, fetched_at)
                        values (?, ?, ?, cast(? as numeric), cast(? as date), 1000, cast(? as numeric), cast(? as numeric), 42,
                                'one', ?)
                        """)
                .params(Arrays.asList(
                        node,
                        status,
                        model,
                        earningsDay,
                        earningsDate,
                        uptime,
                        weight,
                        fetchedAt.atOffset(ZoneOffset.UTC)))
                .update();
    }
}
