package io.gonkapulse.networksimulator.faults;

import org.jspecify.annotations.Nullable;

/** Removes a field from the active set only: a response of another route would become unusable as a whole. */
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
