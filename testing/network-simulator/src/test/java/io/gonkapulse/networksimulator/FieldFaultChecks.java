package io.gonkapulse.networksimulator;

import static io.gonkapulse.networksimulator.FaultFixture.entries;
import static io.gonkapulse.networksimulator.FaultFixture.stats;
import static io.gonkapulse.networksimulator.FaultFixture.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.networksimulator.faults.EndpointFault;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Checks how faults of single fields appear in a response. */
final class FieldFaultChecks {

    private FieldFaultChecks() {}

    static Map<EndpointFault, Consumer<FaultFixture>> all() {
        Map<EndpointFault, Consumer<FaultFixture>> checks = new EnumMap<>(EndpointFault.class);
        checks.put(EndpointFault.COUNTERS_AS_STRINGS, FieldFaultChecks::countersAsStrings);
        checks.put(EndpointFault.MIXED_NUMBER_TYPES, FieldFaultChecks::numberHereStringThere);
        checks.put(EndpointFault.COUNTERS_AS_NUMBERS, FieldFaultChecks::countersAsNumbers);
        checks.put(EndpointFault.NULL_FLAGS, everywhere("is_jailed", JsonNode::isNull, true));
        checks.put(EndpointFault.JAILED_UNTIL_1970, everywhere("jailed_until", is("1970-01-01T00:00:00Z"), true));
        checks.put(EndpointFault.MISSING_INFERENCE_URL, everywhere("inference_url", JsonNode::isNull, true));
        checks.put(EndpointFault.PRIVATE_INFERENCE_URL, everywhere("inference_url", FieldFaultChecks::isPrivate, true));
        checks.put(EndpointFault.UNKNOWN_STATUS, everywhere("status", FieldFaultChecks::isUnknownStatus, false));
        checks.put(EndpointFault.EMPTY_STATUS, everywhere("status", is(""), false));
        checks.put(EndpointFault.WEIGHTS_AS_STRINGS, everywhere("weight", JsonNode::isString, false));
        checks.put(EndpointFault.SEED_MISSING, everywhere("seed_signature", JsonNode::isNull, true));
        checks.put(EndpointFault.MISSED_WITHOUT_WORK, FieldFaultChecks::missedWithoutWork);
        checks.put(EndpointFault.RATE_ABOVE_ONE, FieldFaultChecks::rateAboveOne);
        checks.put(EndpointFault.MORE_VALIDATED_THAN_DONE, FieldFaultChecks::moreValidated);
        checks.put(EndpointFault.ZEROS_MISSING, FieldFaultChecks::zerosMissing);
        checks.put(EndpointFault.ML_NODES_MISSING, FieldFaultChecks::mlNodesMissing);
        checks.put(EndpointFault.REPEATED_ML_NODE_IDS, FieldFaultChecks::repeatedIds);
        checks.put(EndpointFault.EPOCH_ID_MISSING, missingFromActiveSet(EndpointFault.EPOCH_ID_MISSING, "epoch_id"));
        checks.put(
                EndpointFault.EPOCH_GROUP_ID_MISSING,
                missingFromActiveSet(EndpointFault.EPOCH_GROUP_ID_MISSING, "epoch_group_id"));
        checks.put(EndpointFault.NEW_FIELDS, FieldFaultChecks::newFields);
        checks.put(EndpointFault.DUPLICATE_KEYS, FieldFaultChecks::duplicateKeys);
        checks.put(EndpointFault.EXPONENT_NUMBERS, FieldFaultChecks::exponents);
        checks.put(EndpointFault.NEGATIVE_COUNTERS, FieldFaultChecks::negative);
        checks.put(EndpointFault.NOT_A_NUMBER, FieldFaultChecks::notANumber);
        checks.put(EndpointFault.MALFORMED_PARTICIPANT, FieldFaultChecks::malformed);
        checks.replaceAll((fault, check) -> check instanceof EveryEntryCheck all ? all.of(fault) : check);
        return checks;
    }

    /** While injected, the fault is in every entry. Otherwise it is in some entries or none, but never in all. */
    private record EveryEntryCheck(String field, Predicate<JsonNode> odd, boolean occursNaturally)
            implements Consumer<FaultFixture> {

        Consumer<FaultFixture> of(EndpointFault fault) {
            return fixture -> {
                assertThat(values(fixture.tracker(), field)).anyMatch(odd.negate());
                assertThat(values(fixture.tracker(fault), field)).allMatch(odd);
                if (occursNaturally) {
                    assertThat(values(fixture.tracker(), field)).anyMatch(odd);
                }
            };
        }

        @Override
        public void accept(FaultFixture fixture) {
            throw new AssertionError("Expected a check bound to its fault");
        }
    }

    private static Consumer<FaultFixture> everywhere(String field, Predicate<JsonNode> odd, boolean occursNaturally) {
        return new EveryEntryCheck(field, odd, occursNaturally);
    }

    private static Predicate<JsonNode> is(String text) {
        return value -> value.isString() && value.asString().equals(text);
    }

    private static boolean isPrivate(JsonNode url) {
        return url.isString() && url.asString().matches("http://(10\\.0\\.|192\\.168\\.).*");
    }

    private static boolean isUnknownStatus(JsonNode status) {
        return !status.asString().matches("ACTIVE|RAMPING|INACTIVE|INVALID|UNSPECIFIED|");
    }

    private static void countersAsStrings(FaultFixture fixture) {
        assertThat(stats(fixture.tracker(), "earned_coins")).allMatch(JsonNode::isString);
        assertThat(stats(fixture.chainParticipants(), "earned_coins")).allMatch(JsonNode::isString);

        assertThat(values(fixture.tracker(), "weight")).allMatch(JsonNode::isIntegralNumber);
    }

    private static void numberHereStringThere(FaultFixture fixture) {
        assertThat(fixture.tracker().get("height").isIntegralNumber()).isTrue();
        assertThat(fixture.json(fixture.node, "/chain-rpc/status")
                        .at("/result/sync_info/latest_block_height")
                        .isString())
                .isTrue();
    }

    private static void countersAsNumbers(FaultFixture fixture) {
        assertThat(stats(fixture.tracker(), "inference_count")).allMatch(JsonNode::isString);
        assertThat(stats(fixture.tracker(EndpointFault.COUNTERS_AS_NUMBERS), "inference_count"))
                .allMatch(JsonNode::isIntegralNumber);
    }

    private static void zerosMissing(FaultFixture fixture) {
        assertThat(stats(fixture.tracker(), "rewarded_coins")).noneMatch(JsonNode::isMissingNode);
        assertThat(stats(fixture.tracker(EndpointFault.ZEROS_MISSING), "rewarded_coins"))
                .allMatch(JsonNode::isMissingNode);
        assertThat(stats(fixture.tracker(EndpointFault.ZEROS_MISSING), "earned_coins"))
                .anyMatch(JsonNode::isString);
    }

    private static void mlNodesMissing(FaultFixture fixture) {
        assertThat(values(fixture.tracker(), "ml_nodes_map"))
                .noneMatch(JsonNode::isMissingNode)
                .anyMatch(JsonNode::isEmpty);
        assertThat(values(fixture.tracker(EndpointFault.ML_NODES_MISSING), "ml_nodes_map"))
                .allMatch(JsonNode::isMissingNode);
        assertThat(values(fixture.activeSet(), "ml_nodes"))
                .anyMatch(JsonNode::isMissingNode)
                .anyMatch(outer -> outer.size() == 1 && outer.get(0).isEmpty());
        assertThat(values(fixture.activeSet(EndpointFault.ML_NODES_MISSING), "ml_nodes"))
                .allMatch(JsonNode::isMissingNode);
    }

    private static void repeatedIds(FaultFixture fixture) {
        assertThat(entries(fixture.tracker()).stream()
                        .filter(entry -> entry.path("ml_nodes_map").has("node1")))
                .hasSizeGreaterThan(100);
    }

    private static Consumer<FaultFixture> missingFromActiveSet(EndpointFault fault, String field) {
        return fixture -> {
            assertThat(fixture.activeSet().has(field)).isTrue();
            assertThat(fixture.activeSet(fault).has(field)).isFalse();
            assertThat(fixture.tracker(fault).has("epoch_id")).isTrue();
        };
    }

    private static void missedWithoutWork(FaultFixture fixture) {
        assertThat(entries(fixture.tracker())).anyMatch(FieldFaultChecks::isIdle);
        assertThat(entries(fixture.tracker(EndpointFault.MISSED_WITHOUT_WORK)))
                .noneMatch(FieldFaultChecks::isIdle)
                .anyMatch(entry -> entry.get("missed_rate").asDouble() == 1.0);
    }

    private static boolean isIdle(JsonNode entry) {
        return entry.at("/current_epoch_stats/inference_count").asString().equals("0")
                && entry.get("missed_rate").asDouble() == 0;
    }

    private static void rateAboveOne(FaultFixture fixture) {
        assertThat(values(fixture.tracker(), "invalidation_rate"))
                .anyMatch(rate -> rate.asDouble() > 1)
                .anyMatch(rate -> rate.asDouble() > 0 && rate.asDouble() < 1);
        assertThat(values(fixture.tracker(EndpointFault.RATE_ABOVE_ONE), "invalidation_rate"))
                .allMatch(rate -> rate.asDouble() == 0 || rate.asDouble() > 1);
    }

    private static void moreValidated(FaultFixture fixture) {
        assertThat(entries(fixture.tracker()))
                .anyMatch(FieldFaultChecks::validatedMore)
                .anyMatch(entry -> !validatedMore(entry));
        assertThat(entries(fixture.tracker(EndpointFault.MORE_VALIDATED_THAN_DONE)))
                .allMatch(FieldFaultChecks::validatedMore);
    }

    private static boolean validatedMore(JsonNode entry) {
        JsonNode stats = entry.get("current_epoch_stats");
        return Long.parseLong(stats.get("validated_inferences").asString())
                > Long.parseLong(stats.get("inference_count").asString());
    }

    private static void newFields(FaultFixture fixture) {
        JsonNode faulty = fixture.tracker(EndpointFault.NEW_FIELDS);
        assertThat(fixture.tracker().has("added_in_a_later_version")).isFalse();
        assertThat(faulty.has("added_in_a_later_version")).isTrue();
        assertThat(stats(faulty, "added_with_structure")).allMatch(JsonNode::isObject);
        assertThat(stats(faulty, "earned_coins")).isEqualTo(stats(fixture.tracker(), "earned_coins"));
    }

    private static void duplicateKeys(FaultFixture fixture) {
        assertThat(count(text(fixture), "\"earned_coins\""))
                .isEqualTo(entries(fixture.tracker()).size());
        assertThat(count(text(fixture, EndpointFault.DUPLICATE_KEYS), "\"earned_coins\""))
                .isEqualTo(2 * entries(fixture.tracker()).size());
    }

    private static void exponents(FaultFixture fixture) {
        assertThat(text(fixture)).doesNotContainPattern("\"weight\":[0-9.]+e");
        assertThat(text(fixture, EndpointFault.EXPONENT_NUMBERS)).containsPattern("\"weight\":[0-9.]+e[0-9]");
        JsonNode faulty = fixture.tracker(EndpointFault.EXPONENT_NUMBERS);
        assertThat(values(faulty, "weight").stream().map(JsonNode::asDouble))
                .isEqualTo(values(fixture.tracker(), "weight").stream()
                        .map(JsonNode::asDouble)
                        .toList());
        exponentsOfNegatives(fixture);
    }

    /** Most weights in this list are −1. */
    private static void exponentsOfNegatives(FaultFixture fixture) {
        assertThat(values(fixture.chainParticipants(EndpointFault.EXPONENT_NUMBERS), "weight").stream()
                        .map(JsonNode::asDouble))
                .contains(-1.0)
                .isEqualTo(values(fixture.chainParticipants(), "weight").stream()
                        .map(JsonNode::asDouble)
                        .toList());
    }

    private static void negative(FaultFixture fixture) {
        assertThat(stats(fixture.tracker(), "earned_coins"))
                .noneMatch(value -> value.asString().startsWith("-"));
        assertThat(stats(fixture.tracker(EndpointFault.NEGATIVE_COUNTERS), "earned_coins"))
                .allMatch(value -> value.asString().startsWith("-"));
    }

    private static void notANumber(FaultFixture fixture) {
        assertThat(text(fixture)).doesNotContain("NaN");
        assertThat(text(fixture, EndpointFault.NOT_A_NUMBER)).contains("\"missed_rate\":NaN");
    }

    private static void malformed(FaultFixture fixture) {
        JsonNode plain = fixture.tracker();
        JsonNode faulty = fixture.tracker(EndpointFault.MALFORMED_PARTICIPANT);
        assertThat(entries(faulty)).hasSameSizeAs(entries(plain));
        for (int i = 0; i < entries(plain).size(); i++) {
            boolean same = entries(faulty).get(i).equals(entries(plain).get(i));
            assertThat(same).as("entry %d", i).isEqualTo(i != 1);
        }
    }

    private static String text(FaultFixture fixture, EndpointFault... faults) {
        return new String(
                fixture.raw(fixture.tracker, FaultFixture.CURRENT, faults).bytes(), StandardCharsets.UTF_8);
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }
}
