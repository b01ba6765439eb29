package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.epochs.EpochCalendar.Deadline;
import io.gonkapulse.apigateway.http.CsvWriter;
import io.gonkapulse.apigateway.nodes.NodeResponse.Stats;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Formats nodes as CSV. The age is missing, because a table is read later; it has the time instead. */
final class NodeTableFormatter {

    private static final CsvWriter<NodeResponse> TABLE = new CsvWriter<NodeResponse>()
            .column("identifier", NodeResponse::identifier)
            .column("identifierType", NodeResponse::identifierType)
            .column("displayName", NodeResponse::displayName)
            .column("gpuType", NodeResponse::gpuType)
            .column("region", NodeResponse::region)
            .column("status", stat(Stats::status))
            .column("earningsDay", stat(Stats::earningsDay))
            .column("earningsDayNgonka", stat(Stats::earningsDayNgonka))
            .column("earningsTotal", stat(Stats::earningsTotal))
            .column("earningsTotalNgonka", stat(Stats::earningsTotalNgonka))
            .column("unclaimed", node -> node.rewards().unclaimed())
            .column("unclaimedNgonka", node -> node.rewards().unclaimedNgonka())
            .column("claimBeforeEpoch", node -> Deadline.epochOf(node.rewards().claimBefore()))
            .column("claimBeforeAt", node -> Deadline.timeOf(node.rewards().claimBefore()))
            .column("uptimePercent", stat(Stats::uptimePercent))
            .column("uptimeSeenMinutes", stat(Stats::uptimeSeenMinutes))
            .column("tokensPerSec", stat(Stats::tokensPerSec))
            .column("jobsDay", stat(Stats::jobsDay))
            .column("activeModel", stat(Stats::activeModel))
            .column("models", stat(stats -> join(stats.models())))
            .column("votingWeight", stat(Stats::votingWeight))
            .column("weightShare", stat(Stats::weightShare))
            .column("rank", stat(Stats::rank))
            .column("participantStatus", stat(Stats::participantStatus))
            .column("gpuCount", stat(Stats::gpuCount))
            .column("jailedUntil", stat(Stats::jailedUntil))
            .column("missedRate", stat(Stats::missedRate))
            .column("invalidatedRate", stat(Stats::invalidatedRate))
            .column("lastActiveEpoch", stat(Stats::lastActiveEpoch))
            .column("source", stat(Stats::source))
            .column("fetchedAt", stat(Stats::fetchedAt))
            .column("stale", stat(Stats::stale));

    private NodeTableFormatter() {}

    static String format(List<NodeResponse> nodes) {
        return TABLE.write(nodes);
    }

    private static Function<NodeResponse, @Nullable Object> stat(Function<Stats, @Nullable Object> field) {
        return node -> node.stats() == null ? null : field.apply(node.stats());
    }

    private static @Nullable String join(@Nullable List<String> words) {
        return words == null ? null : String.join(" ", words);
    }
}
