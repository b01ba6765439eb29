package io.gonkapulse.networksimulator.faults;

import org.jspecify.annotations.Nullable;

/** Leaves a field out of the active set, and only there: other answers could not be used without it. */
final class MissingActiveSetFieldFault implements FieldFault {

    private final String missing;
    private boolean inActiveSet;

    MissingActiveSetFieldFault(String missing) {
        this.missing = missing;
    }

    @Override
    public @Nullable Object replace(String name, @Nullable Object value) {
        inActiveSet |= name.equals("active_participants");
        return inActiveSet && name.equals(missing) ? MISSING : value;
    }
}
