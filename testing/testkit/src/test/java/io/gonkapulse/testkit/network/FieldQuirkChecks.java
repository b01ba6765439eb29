package io.gonkapulse.testkit.network;

import static io.gonkapulse.testkit.network.QuirkStage.entries;
import static io.gonkapulse.testkit.network.QuirkStage.stats;
import static io.gonkapulse.testkit.network.QuirkStage.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.testkit.network.quirk.Quirk;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** How the quirks of single fields are seen in an answer. */
final class FieldQuirkChecks {

    private FieldQuirkChecks() {}

    static Map<Quirk, Consumer<QuirkStage>> all() {
        Map<Quirk, Consumer<QuirkStage>> checks = new EnumMap<>(Quirk.class);
        checks.put(Quirk.COUNTERS_AS_STRINGS, FieldQuirkChecks::countersAsStrings);
        checks.put(Quirk.NUMBER_HERE_STRING_THERE, FieldQuirkChecks::numberHereStringThere);
        checks.put(Quirk.COUNTERS_AS_NUMBERS, FieldQuirkChecks::countersAsNumbers);
        checks.put(Quirk.NULL_FLAGS, everywhere("is_jailed", JsonNode::isNull, true));
        checks.put(Quirk.JAILED_UNTIL_1970, everywhere("jailed_until", is("1970-01-01T00:00:00Z"), true));
        checks.put(Quirk.MISSING_INFERENCE_URL, everywhere("inference_url", JsonNode::isNull, true));
        checks.put(Quirk.PRIVATE_INFERENCE_URL, everywhere("inference_url", FieldQuirkChecks::isPrivate, true));
        checks.put(Quirk.UNKNOWN_STATUS, everywhere("status", FieldQuirkChecks::isUnknownStatus, false));
        checks.put(Quirk.EMPTY_STATUS, everywhere("status", is(""), false));
        checks.put(Quirk.WEIGHTS_AS_STRINGS, everywhere("weight", JsonNode::isString, false));
        checks.put(Quirk.SEED_MISSING, everywhere("seed_signature", JsonNode::isNull, true));
        checks.put(Quirk.MISSED_WITHOUT_WORK, FieldQuirkChecks::missedWithoutWork);
        checks.put(Quirk.RATE_ABOVE_ONE, FieldQuirkChecks::rateAboveOne);
        checks.put(Quirk.MORE_VALIDATED_THAN_DONE, FieldQuirkChecks::moreValidated);
        checks.put(Quirk.ZEROS_MISSING, FieldQuirkChecks::zerosMissing);
        checks.put(Quirk.ML_NODES_MISSING, FieldQuirkChecks::mlNodesMissing);
        checks.put(Quirk.REPEATED_ML_NODE_IDS, FieldQuirkChecks::repeatedIds);
        checks.put(Quirk.EPOCH_ID_MISSING, missingFromActiveSet(Quirk.EPOCH_ID_MISSING, "epoch_id"));
        checks.put(Quirk.EPOCH_GROUP_ID_MISSING, missingFromActiveSet(Quirk.EPOCH_GROUP_ID_MISSING, "epoch_group_id"));
        checks.put(Quirk.NEW_FIELDS, FieldQuirkChecks::newFields);
        checks.put(Quirk.DUPLICATE_KEYS, FieldQuirkChecks::duplicateKeys);
        checks.put(Quirk.EXPONENT_NUMBERS, FieldQuirkChecks::exponents);
        checks.put(Quirk.NEGATIVE_COUNTERS, FieldQuirkChecks::negative);
        checks.put(Quirk.NOT_A_NUMBER, FieldQuirkChecks::notANumber);
        checks.put(Quirk.MALFORMED_PARTICIPANT, FieldQuirkChecks::malformed);
        checks.replaceAll((quirk, check) -> check instanceof Everywhere all ? all.of(quirk) : check);
        return checks;
    }

    /** In every entry when shown; by itself in some entries, or in none, and never in all. */
    private record Everywhere(String field, Predicate<JsonNode> odd, boolean someByThemselves)
            implements Consumer<QuirkStage> {

        Consumer<QuirkStage> of(Quirk quirk) {
            return stage -> {
                assertThat(values(stage.tracker(), field)).anyMatch(odd.negate());
                assertThat(values(stage.tracker(quirk), field)).isNotEmpty().allMatch(odd);
                if (someByThemselves) {
                    assertThat(values(stage.tracker(), field)).anyMatch(odd);
                }
            };
        }

        @Override
        public void accept(QuirkStage stage) {
            throw new AssertionError("Expected to be bound to its quirk");
        }
    }

    private static Consumer<QuirkStage> everywhere(String field, Predicate<JsonNode> odd, boolean someByThemselves) {
        return new Everywhere(field, odd, someByThemselves);
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

    private static void countersAsStrings(QuirkStage stage) {
        assertThat(stats(stage.tracker(), "earned_coins")).isNotEmpty().allMatch(JsonNode::isString);
        assertThat(stats(stage.chainParticipants(), "earned_coins"))
                .isNotEmpty()
                .allMatch(JsonNode::isString);
        assertThat(values(stage.tracker(), "weight")).allMatch(JsonNode::isIntegralNumber);
    }

    private static void numberHereStringThere(QuirkStage stage) {
        assertThat(stage.tracker().get("height").isIntegralNumber()).isTrue();
        assertThat(stage.json(stage.node, "/chain-rpc/status")
                        .at("/result/sync_info/latest_block_height")
                        .isString())
                .isTrue();
    }

    private static void countersAsNumbers(QuirkStage stage) {
        assertThat(stats(stage.tracker(), "inference_count")).allMatch(JsonNode::isString);
        assertThat(stats(stage.tracker(Quirk.COUNTERS_AS_NUMBERS), "inference_count"))
                .allMatch(JsonNode::isIntegralNumber);
    }

    private static void zerosMissing(QuirkStage stage) {
        assertThat(stats(stage.tracker(), "rewarded_coins")).noneMatch(JsonNode::isMissingNode);
        assertThat(stats(stage.tracker(Quirk.ZEROS_MISSING), "rewarded_coins")).allMatch(JsonNode::isMissingNode);
        assertThat(stats(stage.tracker(Quirk.ZEROS_MISSING), "earned_coins")).anyMatch(JsonNode::isString);
    }

    private static void mlNodesMissing(QuirkStage stage) {
        assertThat(values(stage.tracker(), "ml_nodes_map"))
                .noneMatch(JsonNode::isMissingNode)
                .anyMatch(JsonNode::isEmpty);
        assertThat(values(stage.tracker(Quirk.ML_NODES_MISSING), "ml_nodes_map"))
                .allMatch(JsonNode::isMissingNode);
        assertThat(values(stage.activeSet(), "ml_nodes"))
                .anyMatch(JsonNode::isMissingNode)
                .anyMatch(outer -> outer.size() == 1 && outer.get(0).isEmpty());
        assertThat(values(stage.activeSet(Quirk.ML_NODES_MISSING), "ml_nodes")).allMatch(JsonNode::isMissingNode);
    }

    private static void repeatedIds(QuirkStage stage) {
        assertThat(entries(stage.tracker()).stream()
                        .filter(entry -> entry.path("ml_nodes_map").has("node1")))
                .hasSizeGreaterThan(100);
    }

    private static Consumer<QuirkStage> missingFromActiveSet(Quirk quirk, String field) {
        return stage -> {
            assertThat(stage.activeSet().has(field)).isTrue();
            assertThat(stage.activeSet(quirk).has(field)).isFalse();
            assertThat(stage.tracker(quirk).has("epoch_id")).isTrue();
        };
    }

    private static void missedWithoutWork(QuirkStage stage) {
        assertThat(entries(stage.tracker())).anyMatch(FieldQuirkChecks::isIdle);
        assertThat(entries(stage.tracker(Quirk.MISSED_WITHOUT_WORK)))
                .noneMatch(FieldQuirkChecks::isIdle)
                .anyMatch(entry -> entry.get("missed_rate").asDouble() == 1.0);
    }

    private static boolean isIdle(JsonNode entry) {
        return entry.at("/current_epoch_stats/inference_count").asString().equals("0")
                && entry.get("missed_rate").asDouble() == 0;
    }

    private static void rateAboveOne(QuirkStage stage) {
        assertThat(values(stage.tracker(), "invalidation_rate"))
                .anyMatch(rate -> rate.asDouble() > 1)
                .anyMatch(rate -> rate.asDouble() > 0 && rate.asDouble() < 1);
        assertThat(values(stage.tracker(Quirk.RATE_ABOVE_ONE), "invalidation_rate"))
                .allMatch(rate -> rate.asDouble() == 0 || rate.asDouble() > 1);
    }

    private static void moreValidated(QuirkStage stage) {
        assertThat(entries(stage.tracker()))
                .anyMatch(FieldQuirkChecks::validatedMore)
                .anyMatch(entry -> !validatedMore(entry));
        assertThat(entries(stage.tracker(Quirk.MORE_VALIDATED_THAN_DONE))).allMatch(FieldQuirkChecks::validatedMore);
    }

    private static boolean validatedMore(JsonNode entry) {
        JsonNode stats = entry.get("current_epoch_stats");
        return Long.parseLong(stats.get("validated_inferences").asString())
                > Long.parseLong(stats.get("inference_count").asString());
    }

    private static void newFields(QuirkStage stage) {
        JsonNode shown = stage.tracker(Quirk.NEW_FIELDS);
        assertThat(stage.tracker().has("added_in_a_later_version")).isFalse();
        assertThat(shown.has("added_in_a_later_version")).isTrue();
        assertThat(stats(shown, "added_with_structure")).allMatch(JsonNode::isObject);
        assertThat(stats(shown, "earned_coins")).isEqualTo(stats(stage.tracker(), "earned_coins"));
    }

    private static void duplicateKeys(QuirkStage stage) {
        assertThat(count(text(stage), "\"earned_coins\""))
                .isEqualTo(entries(stage.tracker()).size());
        assertThat(count(text(stage, Quirk.DUPLICATE_KEYS), "\"earned_coins\""))
                .isEqualTo(2 * entries(stage.tracker()).size());
    }

    private static void exponents(QuirkStage stage) {
        assertThat(text(stage)).doesNotContainPattern("\"weight\":[0-9.]+e");
        assertThat(text(stage, Quirk.EXPONENT_NUMBERS)).containsPattern("\"weight\":[0-9.]+e[0-9]");
        JsonNode shown = stage.tracker(Quirk.EXPONENT_NUMBERS);
        assertThat(values(shown, "weight").stream().map(JsonNode::asDouble))
                .isEqualTo(values(stage.tracker(), "weight").stream()
                        .map(JsonNode::asDouble)
                        .toList());
        exponentsOfNegatives(stage);
    }

    /** Most weights in this list are −1. */
    private static void exponentsOfNegatives(QuirkStage stage) {
        assertThat(values(stage.chainParticipants(Quirk.EXPONENT_NUMBERS), "weight").stream()
                        .map(JsonNode::asDouble))
                .contains(-1.0)
                .isEqualTo(values(stage.chainParticipants(), "weight").stream()
                        .map(JsonNode::asDouble)
                        .toList());
    }

    private static void negative(QuirkStage stage) {
        assertThat(stats(stage.tracker(), "earned_coins"))
                .noneMatch(value -> value.asString().startsWith("-"));
        assertThat(stats(stage.tracker(Quirk.NEGATIVE_COUNTERS), "earned_coins"))
                .allMatch(value -> value.asString().startsWith("-"));
    }

    private static void notANumber(QuirkStage stage) {
        assertThat(text(stage)).doesNotContain("NaN");
        assertThat(text(stage, Quirk.NOT_A_NUMBER)).contains("\"missed_rate\":NaN");
    }

    private static void malformed(QuirkStage stage) {
        JsonNode plain = stage.tracker();
        JsonNode shown = stage.tracker(Quirk.MALFORMED_PARTICIPANT);
        assertThat(entries(shown)).hasSameSizeAs(entries(plain));
        for (int i = 0; i < entries(plain).size(); i++) {
            boolean same = entries(shown).get(i).equals(entries(plain).get(i));
            assertThat(same).as("entry %d", i).isEqualTo(i != 1);
        }
    }

    private static String text(QuirkStage stage, Quirk... quirks) {
        return new String(stage.raw(stage.tracker, QuirkStage.CURRENT, quirks).bytes(), StandardCharsets.UTF_8);
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }
}
