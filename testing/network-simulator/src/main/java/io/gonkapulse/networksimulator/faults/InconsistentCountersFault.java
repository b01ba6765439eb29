package io.gonkapulse.networksimulator.faults;

import org.jspecify.annotations.Nullable;

/** Makes counters inconsistent. Inferences and coins, which determine the earnings, stay correct. */
final class InconsistentCountersFault implements FieldFault {

    private final EndpointFault fault;
    private long inferences;

    InconsistentCountersFault(EndpointFault fault) {
        this.fault = fault;
    }

    @Override
    public @Nullable Object replace(String name, @Nullable Object value) {
        if (name.equals("inference_count") && value != null) {
            inferences = Long.parseLong(value.toString());
        }
        return switch (fault) {
            case MORE_VALIDATED_THAN_DONE -> name.equals("validated_inferences") ? validatedMoreThanDone() : value;
            case RATE_ABOVE_ONE -> invalidated(name, value);
            default -> inferences == 0 ? missed(name, value) : value;
        };
    }

    private String validatedMoreThanDone() {
        return Long.toString(inferences + 5);
    }

    private @Nullable Object invalidated(String name, @Nullable Object value) {
        return switch (name) {
            case "invalidated_inferences" -> Long.toString(inferences * 2);
            case "invalidation_rate" -> inferences == 0 ? value : (Object) 2L;
            default -> value;
        };
    }

    private static @Nullable Object missed(String name, @Nullable Object value) {
        return switch (name) {
            case "missed_requests" -> "3";
            case "missed_rate" -> 1L;
            default -> value;
        };
    }
}
