package io.gonkapulse.testkit.workload;

/** The visible state of a job. A lost job has failed. */
public enum ReferenceState {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELED
}
