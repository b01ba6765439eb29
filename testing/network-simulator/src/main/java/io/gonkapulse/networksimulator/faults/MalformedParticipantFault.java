package io.gonkapulse.networksimulator.faults;

import org.jspecify.annotations.Nullable;

/** Makes one entry of a list unusable and leaves the others unchanged. */
final class MalformedParticipantFault implements FieldFault {

    private int entry;

    @Override
    public @Nullable Object replace(String name, @Nullable Object value) {
        if (name.equals("index")) {
            entry++;
        }
        if (entry != 2) {
            return value;
        }
        return switch (name) {
            case "weight" -> "heavy";
            case "current_epoch_stats", "models" -> "unavailable";
            default -> value;
        };
    }
}
