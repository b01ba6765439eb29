package io.gonkapulse.workercore.consumer;

/** Who is to blame for a failure. */
public enum FailureKind {
    /** The surroundings: the same records can succeed later. Nothing is set aside for it. */
    TRANSIENT,
    /** A record: it will fail for ever, and alone. */
    BAD_RECORD
}
