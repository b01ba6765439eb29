package io.gonkapulse.jobreporter;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A running job. No method waits, and none throws because of reporting. After the outcome all calls are ignored. Maps
 * are JSON objects; another thread reads their values later, so the values must not change. Safe for use by many
 * threads.
 */
public interface ReportedJob extends AutoCloseable {

    UUID id();

    /** Starts a stage and ends the one before as succeeded. */
    default void stage(String name) {
        stage(name, Map.of());
    }

    /** Starts a stage and ends the one before as succeeded. */
    void stage(String name, Map<String, ?> meta);

    /** Replaces the reported progress. */
    void progress(Map<String, ?> progress);

    default void succeed() {
        succeed(Map.of());
    }

    /** Ends the job and its stage. */
    void succeed(Map<String, ?> result);

    /** Ends the job and its stage as failed, with the stack trace. */
    void fail(Throwable cause);

    /** Ends the job and its stage as failed. */
    void fail(String errorName, @Nullable String message, @Nullable String details);

    /** Ends the job, because it is no longer wanted. */
    void cancel(@Nullable String reason);

    /** Reports the job as failed if it has no outcome yet. */
    @Override
    void close();
}
