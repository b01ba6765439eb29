package io.gonkapulse.trackerpoller.trackerapi;

import java.util.Locale;

/** Why a participant of an answer was not published. */
public enum SkipReason {
    /** Its address is none, or fails its checksum. */
    BAD_IDENTIFIER,
    /** One of its fields is not what it should be. */
    MALFORMED,
    /** One of its figures is larger than any record may carry. */
    OUT_OF_BOUNDS,
    /** Known to the chain, but not in the set of the epoch. */
    NOT_ACTIVE,
    /** The same answer tells more of the same node elsewhere. */
    DUPLICATE,
    /** The answer is older than one that was already published. */
    OLDER_HEIGHT,
    /** Nothing has changed since it was published. */
    UNCHANGED,
    /** The reward of nobody is known yet. */
    NOT_READY,
    /** The tracker did not say what came of the epoch for this node. */
    NO_ANSWER;

    /** Nothing is wrong when this happens. */
    public boolean isRoutine() {
        return this == NOT_ACTIVE || this == UNCHANGED;
    }

    /** As it is written in counts and meters. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
