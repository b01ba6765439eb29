package io.gonkapulse.migrations.flyway;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of one migration in one database.
 *
 * @param checksum of the script in this program; null if this program does not have the migration
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
        /** Ran outside a transaction and did not finish. */
        FAILED,
        /** Applied by a newer program. */
        FUTURE,
        /** Applied, but not in this program any more. */
        MISSING,
        /** Applied with another content than this program has. */
        CHANGED
    }

    /** When a migration was applied, how long it took, and by which user. */
    public record AppliedRun(Instant at, Duration duration, String user) {}

    public boolean isApplied() {
        return state != LifecycleState.PENDING && state != LifecycleState.FAILED;
    }

    public String label() {
        return "V" + version + " " + description;
    }
}
