package io.gonkapulse.testkit.network;

import static io.gonkapulse.testkit.network.QuirkStage.entries;
import static io.gonkapulse.testkit.network.QuirkStage.stats;
import static io.gonkapulse.testkit.network.QuirkStage.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.testkit.network.quirk.Quirk;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** How the quirks of time, of lists and of rewards are seen in an answer. */
final class TimeQuirkChecks {

    private static final String SUMMARY = QuirkStage.CHAIN + "epoch_performance_summary/";

    private TimeQuirkChecks() {}

    static Map<Quirk, Consumer<QuirkStage>> all() {
        Map<Quirk, Consumer<QuirkStage>> checks = new EnumMap<>(Quirk.class);
        checks.put(Quirk.ZEROS_UNDER_OLD_EPOCH, TimeQuirkChecks::zeros);
        checks.put(Quirk.LATEST_AHEAD_OF_CURRENT, TimeQuirkChecks::latestAhead);
        checks.put(Quirk.NO_TIMING, TimeQuirkChecks::noTiming);
        checks.put(Quirk.STALE_DATA, TimeQuirkChecks::stale);
        checks.put(Quirk.OLDEST_ROW_FIRST, TimeQuirkChecks::oldestRowFirst);
        checks.put(Quirk.OLDER_HEIGHT, TimeQuirkChecks::olderHeight);
        checks.put(Quirk.PRUNED_HEIGHTS, TimeQuirkChecks::pruned);
        checks.put(Quirk.DUPLICATE_PARTICIPANTS, TimeQuirkChecks::duplicates);
        checks.put(Quirk.VANISHED_PARTICIPANTS, TimeQuirkChecks::vanished);
        checks.put(Quirk.EMPTY_PARTICIPANTS, TimeQuirkChecks::empty);
        checks.put(Quirk.REWARDS_NOT_READY, TimeQuirkChecks::notReady);
        checks.put(Quirk.REWARD_HIDDEN_UNTIL_CLAIMED, TimeQuirkChecks::hidden);
        return checks;
    }

    private static void zeros(QuirkStage stage) {
        assertThat(stats(stage.tracker(), "earned_coins"))
                .anyMatch(earned -> !earned.asString().equals("0"));
        JsonNode shown = stage.tracker(Quirk.ZEROS_UNDER_OLD_EPOCH);
        assertThat(stats(shown, "earned_coins"))
                .allMatch(earned -> earned.asString().equals("0"));
        assertThat(shown.get("epoch_id").asLong())
                .isEqualTo(stage.tracker().get("epoch_id").asLong() - 1);
        long epoch = stage.tracker().get("epoch_id").asLong();
        stage.moveTo(stage.calendar.settlementHeight(epoch));
        JsonNode natural = stage.tracker();
        assertThat(natural.get("epoch_id").asLong()).isEqualTo(epoch);
        assertThat(stats(natural, "inference_count"))
                .allMatch(count -> count.asString().equals("0"));
    }

    private static void latestAhead(QuirkStage stage) {
        assertThat(latest(stage)).isEqualTo(current(stage));
        assertThat(latest(stage, Quirk.LATEST_AHEAD_OF_CURRENT))
                .isEqualTo(current(stage, Quirk.LATEST_AHEAD_OF_CURRENT) + 1);
        stage.moveTo(stage.calendar.pocStart(current(stage) + 1));
        assertThat(latest(stage)).isEqualTo(current(stage) + 1);
        stage.moveTo(stage.calendar.effectiveHeight(latest(stage)));
        assertThat(latest(stage)).isEqualTo(current(stage));
    }

    private static long latest(QuirkStage stage, Quirk... quirks) {
        return stage.json(stage.node, "/v1/epochs/latest", quirks)
                .at("/latest_epoch/index")
                .asLong();
    }

    private static long current(QuirkStage stage, Quirk... quirks) {
        return stage.activeSet(quirks).get("epoch_id").asLong();
    }

    private static void noTiming(QuirkStage stage) {
        assertThat(timingIsNull(stage.tracker())).isFalse();
        assertThat(timingIsNull(stage.tracker(Quirk.NO_TIMING))).isTrue();
        stage.moveTo(stage.calendar.pocStart(current(stage) + 1));
        assertThat(timingIsNull(stage.tracker())).isTrue();
        stage.moveTo(stage.calendar.effectiveHeight(current(stage) + 1));
        assertThat(timingIsNull(stage.tracker())).isFalse();
    }

    private static boolean timingIsNull(JsonNode answer) {
        boolean first = answer.get("current_block_height").isNull();
        assertThat(answer.get("current_block_timestamp").isNull()).isEqualTo(first);
        assertThat(answer.get("avg_block_time").isNull()).isEqualTo(first);
        assertThat(answer.get("next_poc_start_block").isNull()).isEqualTo(first);
        assertThat(answer.get("set_new_validators_block").isNull()).isEqualTo(first);
        return first;
    }

    private static void stale(QuirkStage stage) {
        JsonNode plain = stage.tracker();
        JsonNode shown = stage.tracker(Quirk.STALE_DATA);
        assertThat(shown.get("is_current").asBoolean()).isTrue();
        assertThat(Duration.between(cachedAt(shown), cachedAt(plain))).isEqualTo(Duration.ofMinutes(45));
        assertThat(shown.get("height").asLong()).isLessThan(plain.get("height").asLong() - 400);
    }

    private static void olderHeight(QuirkStage stage) {
        JsonNode plain = stage.tracker();
        JsonNode shown = stage.tracker(Quirk.OLDER_HEIGHT);
        assertThat(cachedAt(shown)).isEqualTo(cachedAt(plain));
        assertThat(shown.get("height").asLong()).isEqualTo(plain.get("height").asLong() - 150);
        assertThat(shown.get("current_block_timestamp")).isNotEqualTo(plain.get("current_block_timestamp"));
    }

    private static void oldestRowFirst(QuirkStage stage) {
        JsonNode plain = stage.tracker();
        JsonNode shown = stage.tracker(Quirk.OLDEST_ROW_FIRST);
        int participants = entries(plain).size();
        assertThat(shown.get("height").asLong()).isEqualTo(plain.get("height").asLong() - 800);
        assertThat(cachedAt(shown)).isBefore(cachedAt(plain));
        assertThat(timingIsNull(shown)).isTrue();
        assertThat(entries(shown)).hasSize(3 * participants);
        assertThat(stats(shown, "inference_count").subList(2 * participants, 3 * participants))
                .isEqualTo(stats(plain, "inference_count"))
                .isNotEqualTo(stats(shown, "inference_count").subList(0, participants));
    }

    private static LocalDateTime cachedAt(JsonNode answer) {
        return LocalDateTime.parse(answer.get("cached_at").asString());
    }

    private static void pruned(QuirkStage stage) {
        String question = stage.node.url() + QuirkStage.CHAIN + "participant";
        String recent = Long.toString(stage.height() - 10);
        String old = Long.toString(stage.height() - 60_000);
        assertThat(stage.client
                        .getOrFail(question, "X-Cosmos-Block-Height", recent)
                        .status())
                .isEqualTo(200);
        assertThat(stage.client
                        .getOrFail(question, "X-Cosmos-Block-Height", old)
                        .status())
                .isEqualTo(400);
        stage.node.show(Quirk.PRUNED_HEIGHTS);
        assertThat(stage.client
                        .getOrFail(question, "X-Cosmos-Block-Height", recent)
                        .status())
                .isEqualTo(400);
        assertThat(stage.raw(stage.node, "/chain-rpc/block?height=" + recent, Quirk.PRUNED_HEIGHTS)
                        .status())
                .isEqualTo(500);
    }

    private static void duplicates(QuirkStage stage) {
        assertThat(values(stage.tracker(), "index")).doesNotHaveDuplicates();
        JsonNode shown = stage.tracker(Quirk.DUPLICATE_PARTICIPANTS);
        assertThat(new HashSet<>(values(shown, "index"))).hasSameSizeAs(values(stage.tracker(), "index"));
        assertThat(entries(shown).size()).isGreaterThan(entries(stage.tracker()).size());
        assertThat(new HashSet<>(entries(shown)).size())
                .as("some duplicates have older counters")
                .isGreaterThan(entries(stage.tracker()).size());
    }

    private static void vanished(QuirkStage stage) {
        assertThat(entries(stage.tracker(Quirk.VANISHED_PARTICIPANTS)))
                .hasSizeLessThan(entries(stage.tracker()).size())
                .isNotEmpty();
        var before = new HashSet<>(values(stage.tracker(), "index"));
        stage.clock.advance(Duration.ofDays(2));
        assertThat(new HashSet<>(values(stage.tracker(), "index")))
                .as("by itself")
                .isNotEqualTo(before);
    }

    private static void empty(QuirkStage stage) {
        assertThat(entries(stage.tracker())).isNotEmpty();
        assertThat(entries(stage.tracker(Quirk.EMPTY_PARTICIPANTS))).isEmpty();
        assertThat(entries(stage.chainParticipants(Quirk.EMPTY_PARTICIPANTS))).isEmpty();
    }

    private static void notReady(QuirkStage stage) {
        long epoch = stage.calendar.newestSettledEpoch(stage.height());
        assertThat(rewards(stage, epoch)).isPositive();
        assertThat(rewards(stage, epoch, Quirk.REWARDS_NOT_READY)).isZero();
        assertThat(rewards(stage, epoch - 1, Quirk.REWARDS_NOT_READY)).isPositive();
        String someone = values(stage.tracker(), "index").get(0).asString();
        String path = "/api/v1/participants/" + someone + "?epoch_id=" + (epoch + 1);
        assertThat(stage.json(stage.tracker, path)
                        .at("/rewards/0/assigned_reward_gnk")
                        .asLong())
                .isPositive();
        assertThat(stage.json(stage.tracker, path, Quirk.REWARDS_NOT_READY)
                        .at("/rewards/0/assigned_reward_gnk")
                        .asLong())
                .isZero();
    }

    /** How many have a reward. */
    private static long rewards(QuirkStage stage, long epoch, Quirk... quirks) {
        return stage.network
                .nodes(epoch)
                .limit(30)
                .map(id -> stage.json(stage.node, SUMMARY + epoch + "/" + id, quirks))
                .filter(summary -> !summary.at("/epochPerformanceSummary/rewarded_coins")
                        .asString()
                        .equals("0"))
                .count();
    }

    private static void hidden(QuirkStage stage) {
        long epoch = stage.calendar.newestSettledEpoch(stage.height());
        stage.moveTo(stage.calendar.settlementHeight(epoch) + 1);
        long plain = rewards(stage, epoch);
        assertThat(plain).as("some are hidden by themselves").isPositive().isLessThan(30);
        assertThat(rewards(stage, epoch, Quirk.REWARD_HIDDEN_UNTIL_CLAIMED)).isZero();
        stage.moveTo(stage.calendar.settlementHeight(epoch + 1) - 1);
        assertThat(rewards(stage, epoch)).isGreaterThanOrEqualTo(plain);
        assertThat(hiddenThenClaimed(stage, epoch)).isPositive();
    }

    private static long hiddenThenClaimed(QuirkStage stage, long epoch) {
        return stage.network
                .nodes(epoch)
                .filter(id -> {
                    stage.moveTo(stage.calendar.settlementHeight(epoch) + 1);
                    JsonNode before = stage.json(stage.node, SUMMARY + epoch + "/" + id);
                    stage.moveTo(stage.calendar.settlementHeight(epoch + 1) - 1);
                    JsonNode after = stage.json(stage.node, SUMMARY + epoch + "/" + id);
                    return before.at("/epochPerformanceSummary/rewarded_coins")
                                    .asString()
                                    .equals("0")
                            && !Objects.equals(before, after)
                            && after.at("/epochPerformanceSummary/claimed").asBoolean();
                })
                .count();
    }
}
