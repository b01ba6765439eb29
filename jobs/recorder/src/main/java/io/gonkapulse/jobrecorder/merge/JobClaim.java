package io.gonkapulse.jobrecorder.merge;

import io.gonkapulse.contracts.job.JobError;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventOrigin.Reporter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** What one reporter says about the end of an attempt. The smallest one of an attempt is its outcome. */
record JobClaim(
        Kind kind,
        EventKey key,
        Instant at,
        String source,
        @Nullable Long elapsedMillis,
        @Nullable String result,
        @Nullable JobError error)
        implements Comparable<JobClaim> {

    /** The word of the executor counts before that of the queue; at the same time success counts before failure. */
    private static final Comparator<JobClaim> ORDER = Comparator.<JobClaim>comparingInt(
                    claim -> claim.kind.reporterRank)
            .thenComparingLong(claim -> claim.key.nanos())
            .thenComparingInt(claim -> claim.kind.stateRank)
            .thenComparing(JobClaim::key);

    static JobClaim of(RecordedEvent recorded) {
        JobEvent event = recorded.event();
        return new JobClaim(
                Kind.of(event),
                recorded.key(),
                event.at(),
                event.origin().source(),
                event.attempt().elapsedMillis(),
                event.details().result(),
                event.details().error());
    }

    /** Bytes that sort like the claims of one attempt. */
    byte[] orderBytes() {
        return ByteBuffer.allocate(2 + Long.BYTES + EventKey.ID_LENGTH)
                .put((byte) kind.reporterRank)
                .putLong(key.nanos())
                .put((byte) kind.stateRank)
                .put(key.id())
                .array();
    }

    @Override
    public int compareTo(JobClaim other) {
        return ORDER.compare(this, other);
    }

    /** Each attempt keeps one claim of each kind. */
    enum Kind {
        SUCCEEDED(0, 0, "succeeded"),
        FAILED(0, 1, "failed"),
        CANCELED(0, 2, "canceled"),
        CANCELED_IN_QUEUE(1, 2, "canceled");

        private final int reporterRank;
        private final int stateRank;
        private final String state;

        Kind(int reporterRank, int stateRank, String state) {
            this.reporterRank = reporterRank;
            this.stateRank = stateRank;
            this.state = state;
        }

        String state() {
            return state;
        }

        private static Kind of(JobEvent event) {
            return switch (event.type()) {
                case SUCCEEDED -> SUCCEEDED;
                case FAILED -> FAILED;
                case CANCELED -> event.origin().by() == Reporter.QUEUE ? CANCELED_IN_QUEUE : CANCELED;
                default -> throw new IllegalArgumentException("Expected an outcome, got " + event.type());
            };
        }
    }
}
