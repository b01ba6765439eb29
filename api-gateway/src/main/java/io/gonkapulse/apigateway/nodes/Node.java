package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.nodes.NodeRow.StatsRow;
import io.gonkapulse.apigateway.web.AgedJson;
import io.gonkapulse.apigateway.web.Amounts;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A node as the API shows it. */
record Node(
        UUID id,
        String identifier,
        String identifierType,
        @Nullable String displayName,
        @Nullable String gpuType,
        @Nullable String region,
        @Nullable Stats stats) {

    static Node of(NodeRow row) {
        return new Node(
                row.id(),
                row.identifier(),
                row.identifierType(),
                row.displayName(),
                row.gpuType(),
                row.region(),
                row.stats() == null ? null : Stats.of(row.stats()));
    }

    /** The newest stats, with a place for their age at the moment of the answer. */
    record Stats(
            String status,
            @Nullable String earningsDay,
            @Nullable String earningsTotal,
            @Nullable BigDecimal uptimePercent,
            @Nullable BigDecimal tokensPerSec,
            @Nullable Integer jobsDay,
            @Nullable String activeModel,
            @Nullable BigDecimal votingWeight,
            @Nullable String source,
            Instant fetchedAt,
            long ageSeconds,
            boolean stale) {

        private static Stats of(StatsRow row) {
            return new Stats(
                    row.status(),
                    Amounts.gnk(row.earningsDay()),
                    Amounts.gnk(row.earningsTotal()),
                    Amounts.plain(row.uptimePercent()),
                    Amounts.plain(row.tokensPerSec()),
                    row.jobsDay(),
                    row.activeModel(),
                    Amounts.plain(row.votingWeight()),
                    row.source(),
                    row.fetchedAt(),
                    AgedJson.AGE,
                    row.stale());
        }
    }
}
