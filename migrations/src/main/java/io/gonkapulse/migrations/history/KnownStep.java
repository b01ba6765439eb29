package io.gonkapulse.migrations.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of a module in the light of one database.
 *
 * @param checksum of the script in this program; null for a step that this program does not have
 */
public record KnownStep(
        int version,
        String description,
        String script,
        @Nullable Integer checksum,
        State state,
        Optional<Applied> applied) {

    public enum State {
        APPLIED,
        PENDING,
        /** Outside a transaction, and it did not get to its end. */
        FAILED,
        /** Applied by a newer program. */
        FUTURE,
        /** Applied, but gone from this program. */
        MISSING,
        /** Applied in other words than this program has. */
        CHANGED
    }

    /** When, how long and by whom. */
    public record Applied(Instant at, Duration took, String by) {}

    public boolean isApplied() {
        return state != State.PENDING && state != State.FAILED;
    }

    public String label() {
        return "V" + version + " " + description;
    }
}
