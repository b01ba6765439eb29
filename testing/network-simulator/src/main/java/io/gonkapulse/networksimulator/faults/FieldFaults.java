package io.gonkapulse.networksimulator.faults;

import static io.gonkapulse.networksimulator.faults.FaultInjectingJsonWriter.FieldFault.MISSING;
import static io.gonkapulse.networksimulator.faults.FaultInjectingJsonWriter.FieldFault.STRUCTURE;

import io.gonkapulse.networksimulator.api.JsonDocumentWriter;
import io.gonkapulse.networksimulator.api.JsonDocumentWriter.RawJson;
import io.gonkapulse.networksimulator.faults.FaultInjectingJsonWriter.FieldFault;
import io.gonkapulse.networksimulator.faults.FaultInjectingJsonWriter.FieldFault.DuplicateField;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Maps each fault of single fields to the replacements that implement it. */
public final class FieldFaults {

    /** Counters and coins, which the APIs write as strings. */
    private static final Set<String> COUNTERS = Set.of(
            "inference_count",
            "missed_requests",
            "earned_coins",
            "rewarded_coins",
            "burned_coins",
            "validated_inferences",
            "invalidated_inferences");
    private static final Set<String> WEIGHTS =
            Set.of("weight", "poc_weight", "weight_to_confirm", "confirmation_weight", "voting_power");
    private static final Set<String> EPOCHS = Set.of("epoch_id", "epoch_group_id");
    private static final Set<String> FLAGS = Set.of("is_jailed", "ready_to_unjail", "consensus_key_mismatch");
    private static final Set<String> STATUSES = Set.of("status", "participant_status");
    /** Real trackers set all of these to null at once. */
    private static final Set<String> TIMING = Set.of(
            "current_block_height",
            "current_block_timestamp",
            "avg_block_time",
            "next_poc_start_block",
            "set_new_validators_block");

    private FieldFaults() {}

    /** Wraps {@code out} with the faults' replacements. */
    public static JsonDocumentWriter wrap(JsonDocumentWriter out, Collection<EndpointFault> endpointFaults) {
        List<FieldFault> faults =
                endpointFaults.stream().flatMap(FieldFaults::faults).toList();
        boolean newFields = endpointFaults.contains(EndpointFault.NEW_FIELDS);
        return faults.isEmpty() && !newFields ? out : new FaultInjectingJsonWriter(out, faults, newFields);
    }

    private static Stream<FieldFault> faults(EndpointFault fault) {
        return switch (fault) {
            case NO_TIMING -> Stream.of(in(TIMING, value -> null));
            case NULL_FLAGS -> Stream.of(in(FLAGS, value -> null));
            case JAILED_UNTIL_1970 -> Stream.of(in(Set.of("jailed_until"), value -> "1970-01-01T00:00:00Z"));
            case MISSING_INFERENCE_URL -> Stream.of(in(Set.of("inference_url"), value -> null));
            case PRIVATE_INFERENCE_URL -> Stream.of(in(Set.of("inference_url"), value -> "http://192.168.7.9:64935"));
            case UNKNOWN_STATUS -> Stream.of(in(STATUSES, value -> "QUARANTINED"));
            case EMPTY_STATUS -> Stream.of(in(STATUSES, value -> ""));
            case ML_NODES_MISSING -> Stream.of(in(Set.of("ml_nodes_map", "ml_nodes"), value -> MISSING));
            case SEED_MISSING -> Stream.of(in(Set.of("seed_signature", "seed"), value -> null));
            case EPOCH_ID_MISSING -> Stream.of(new MissingActiveSetFieldFault("epoch_id"));
            case EPOCH_GROUP_ID_MISSING -> Stream.of(new MissingActiveSetFieldFault("epoch_group_id"));
            case MALFORMED_PARTICIPANT -> Stream.of(new MalformedParticipantFault());
            case MORE_VALIDATED_THAN_DONE, MISSED_WITHOUT_WORK, RATE_ABOVE_ONE ->
                Stream.of(new InconsistentCountersFault(fault));
            default -> Stream.concat(otherSpellings(fault), wrongSpellings(fault));
        };
    }

    /** Valid but unusual spellings of the same values. */
    private static Stream<FieldFault> otherSpellings(EndpointFault fault) {
        return switch (fault) {
            case WEIGHTS_AS_STRINGS -> Stream.of(in(WEIGHTS, FieldFaults::asString), in(EPOCHS, FieldFaults::asString));
            case COUNTERS_AS_NUMBERS -> Stream.of(in(COUNTERS, FieldFaults::asNumber));
            case ZEROS_MISSING ->
                Stream.of(in(COUNTERS, FieldFaults::missingIfZero), in(WEIGHTS, FieldFaults::missingIfZero));
            default -> Stream.of();
        };
    }

    /** Invalid or misleading spellings. */
    private static Stream<FieldFault> wrongSpellings(EndpointFault fault) {
        return switch (fault) {
            case DUPLICATE_KEYS ->
                Stream.of(in(Set.of("earned_coins", "weight"), value -> new DuplicateField(value, 999_999)));
            case EXPONENT_NUMBERS ->
                Stream.of(
                        in(WEIGHTS, FieldFaults::withExponent), in(Set.of("earned_coins"), FieldFaults::withExponent));
            case NEGATIVE_COUNTERS -> Stream.of(in(COUNTERS, FieldFaults::negative));
            case NOT_A_NUMBER -> Stream.of(in(Set.of("missed_rate", "proposer_priority"), value -> new RawJson("NaN")));
            default -> Stream.of();
        };
    }

    private static FieldFault in(Set<String> names, UnaryOperator<@Nullable Object> replacement) {
        return (name, value) -> names.contains(name) ? replacement.apply(value) : value;
    }

    private static @Nullable Object asString(@Nullable Object value) {
        return value instanceof Number ? value.toString() : value;
    }

    private static @Nullable Object asNumber(@Nullable Object value) {
        return value instanceof String digits ? new RawJson(digits) : value;
    }

    private static @Nullable Object missingIfZero(@Nullable Object value) {
        return value != null && value != STRUCTURE && value.toString().equals("0") ? MISSING : value;
    }

    /** Writes the same amount with an exponent: 3965 becomes 3.965e3. */
    private static @Nullable Object withExponent(@Nullable Object value) {
        if (value == null || value == STRUCTURE) {
            return value;
        }
        String number = value.toString();
        String sign = number.startsWith("-") ? "-" : "";
        String digits = number.substring(sign.length());
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        String spelled = sign + digits.charAt(0) + fraction + "e" + (digits.length() - 1);
        return value instanceof Number ? new RawJson(spelled) : spelled;
    }

    private static @Nullable Object negative(@Nullable Object value) {
        return value instanceof String digits
                ? new BigInteger(digits).add(BigInteger.ONE).negate().toString()
                : value;
    }

    /** Removes a field from the active set only: a response of another route would become unusable as a whole. */
    private static final class MissingActiveSetFieldFault implements FieldFault {

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

    /** Makes one entry of a list unusable and leaves the others unchanged. */
    private static final class MalformedParticipantFault implements FieldFault {

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

    /** Makes counters inconsistent. Inferences and coins, which determine the earnings, stay correct. */
    private static final class InconsistentCountersFault implements FieldFault {

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
}
