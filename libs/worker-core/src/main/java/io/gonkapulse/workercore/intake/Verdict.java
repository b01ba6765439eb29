package io.gonkapulse.workercore.intake;

/** Who is to blame for a failure. */
public enum Verdict {
    /** The surroundings: the same records can succeed later. Nothing is set aside for it. */
    WAIT,
    /** A record: it will fail for ever, and alone. */
    BLAME_THE_RECORD
}
