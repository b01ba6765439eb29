package io.gonkapulse.testkit.network.fault;

import org.jspecify.annotations.Nullable;

/** Leaves a field out of the active set, and only there: other answers could not be used without it. */
final class MissingFromActiveSet implements FieldFault {

    private final String missing;
    private boolean inActiveSet;

    MissingFromActiveSet(String missing) {
        this.missing = missing;
    }

    @Override
    public @Nullable Object replace(String name, @Nullable Object value) {
        inActiveSet |= name.equals("active_participants");
        return inActiveSet && name.equals(missing) ? MISSING : value;
    }
}
