package io.gonkapulse.workercore.consumer;

/** What a failure says about the records of a batch. */
public enum FailureKind {
    /** Infrastructure failed: the same records can succeed later, so nothing is dead-lettered. */
    TRANSIENT,
    /** One record is invalid: it fails on every attempt, and also alone. */
    BAD_RECORD
}
