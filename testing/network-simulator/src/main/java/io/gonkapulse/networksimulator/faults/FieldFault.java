package io.gonkapulse.networksimulator.faults;

import org.jspecify.annotations.Nullable;

/** Writes something else in the place of a field. Made anew for each answer, so that it may remember what it saw. */
@FunctionalInterface
interface FieldFault {

    /** In place of a value: the field is not there. */
    Object MISSING = new Object();

    /** What {@link #replace} is asked about for a field that holds an object or an array. */
    Object STRUCTURE = new Object();

    /** The value itself where there is nothing to spoil. */
    @Nullable
    Object replace(String name, @Nullable Object value);

    /** The field stands twice. */
    record DuplicateField(@Nullable Object first, Object second) {}
}
