package io.gonkapulse.trackerpoller.trackerapi;

import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse.ParticipantEntry;
import java.util.Locale;

/** Why a participant was not published. */
public enum SkipReason implements ParticipantEntry {
    /** The address is missing or fails its checksum. */
    BAD_IDENTIFIER,
    /** A field has an invalid value. */
    MALFORMED,
    /** A number exceeds the limits of a message. */
    OUT_OF_BOUNDS,
    /** Known to the chain, but not a member of the epoch. */
    NOT_ACTIVE,
    /** The response has a newer entry of the same node. */
    DUPLICATE,
    /** The response is older than one already published. */
    OLDER_HEIGHT,
    /** Nothing changed since the last publication. */
    UNCHANGED,
    /** No reward of the epoch is known yet. */
    NOT_READY,
    /** No result, or no usable response, for this node. */
    NO_ANSWER;

    /** Expected in normal operation; does not make a poll partial. */
    public boolean isRoutine() {
        return this == NOT_ACTIVE || this == UNCHANGED;
    }

    /** The key in counts and meters. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
