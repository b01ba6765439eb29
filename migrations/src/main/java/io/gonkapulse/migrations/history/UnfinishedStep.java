package io.gonkapulse.migrations.history;

import org.jspecify.annotations.Nullable;

/**
 * A step that began and is not done.
 *
 * @param cutShort nobody was there any more to see it fail
 */
public record UnfinishedStep(
        int version,
        Direction direction,
        boolean transactional,
        boolean cutShort,
        String startedAt,
        @Nullable String error) {

    /** A step that failed in a transaction changed nothing, and somebody saw it: it can simply be taken again. */
    public boolean needsRepair() {
        return cutShort || !transactional;
    }

    public String name() {
        return (direction == Direction.DOWN ? "U" : "V") + version;
    }

    /** Where the database stands without the step. */
    public int versionWithoutIt() {
        return direction == Direction.DOWN ? version : version - 1;
    }

    /** Where the database stands with the step. */
    public int versionWithIt() {
        return direction == Direction.DOWN ? version - 1 : version;
    }
}
