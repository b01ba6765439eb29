package io.gonkapulse.networksimulator.faults;

import org.jspecify.annotations.Nullable;

/** Replaces the value of a field. Each response uses new instances, because implementations keep state. */
@FunctionalInterface
interface FieldFault {

    /** Replacement that removes the field. */
    Object MISSING = new Object();

    /** The value that {@link #replace} receives for an object or array. */
    Object STRUCTURE = new Object();

    /** Returns the replacement, or the value itself where it does not apply. */
    @Nullable
    Object replace(String name, @Nullable Object value);

    /** Writes the field twice. */
    record DuplicateField(@Nullable Object first, Object second) {}
}
