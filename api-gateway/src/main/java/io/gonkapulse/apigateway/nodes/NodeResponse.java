package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.http.AgedJsonTemplate;
import io.gonkapulse.apigateway.http.AmountFormatter;
import io.gonkapulse.apigateway.nodes.NodeRow.StatsRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The JSON object of a node. */
record NodeResponse(
        UUID id,
        String identifier,
        String identifierType,
        @Nullable String displayName,
        @Nullable String gpuType,
        @Nullable String region,
        @Nullable Stats stats) {

    static NodeResponse of(NodeRow row) {
        return new NodeResponse(
                row.id(),
                row.identifier(),
                row.identifierType(),
                row.displayName(),
                row.gpuType(),
                row.region(),
                row.stats() == null ? null : Stats.of(row.stats()));
    }

    /** The newest stats. The age is a placeholder, because it changes with every response. */
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
                    AmountFormatter.formatGnk(row.earningsDay()),
                    AmountFormatter.formatGnk(row.earningsTotal()),
                    AmountFormatter.stripZeros(row.uptimePercent()),
                    AmountFormatter.stripZeros(row.tokensPerSec()),
                    row.jobsDay(),
                    row.activeModel(),
                    AmountFormatter.stripZeros(row.votingWeight()),
                    row.source(),
                    row.fetchedAt(),
                    AgedJsonTemplate.AGE_PLACEHOLDER,
                    row.stale());
        }
    }

    /** The response body of a page of nodes. */
    record Page(List<NodeResponse> items, @Nullable String nextCursor) {

        static Page of(NodePageRepository.NodePage page) {
            return new Page(page.nodes().stream().map(NodeResponse::of).toList(), page.nextCursor());
        }
    }
}
