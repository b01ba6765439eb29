package io.gonkapulse.migrations.flyway;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of a module in the light of one database.
 *
 * @param checksum of the script in this program; null for a step that this program does not have
 */
public record MigrationStatus(
        int version,
        String description,
        String script,
        @Nullable Integer checksum,
        LifecycleState state,
        Optional<AppliedRun> applied) {

    public enum LifecycleState {
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
    public record AppliedRun(Instant at, Duration duration, String user) {}

    public boolean isApplied() {
        return state != LifecycleState.PENDING && state != LifecycleState.FAILED;
    }

    public String label() {
        return "V" + version + " " + description;
    }
}
