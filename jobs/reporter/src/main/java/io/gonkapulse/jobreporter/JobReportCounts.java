package io.gonkapulse.jobreporter;

import io.gonkapulse.contracts.job.JobEventType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of the reported events, by type; a type that never occurred is missing.
 *
 * @param buffered not sent yet
 * @param dropped by the full buffer, or at the end without a connection
 * @param rejected invalid, or refused by the receiver
 * @param lastFailure why the newest of them failed, or is not sent yet
 */
public record JobReportCounts(
        long buffered,
        Map<JobEventType, Long> sent,
        Map<JobEventType, Long> dropped,
        Map<JobEventType, Long> rejected,
        @Nullable String lastFailure) {

    public JobReportCounts {
        sent = Map.copyOf(sent);
        dropped = Map.copyOf(dropped);
        rejected = Map.copyOf(rejected);
    }

    /** Events that nobody will ever see. */
    public long lost() {
        return sum(dropped) + sum(rejected);
    }

    private static long sum(Map<JobEventType, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
