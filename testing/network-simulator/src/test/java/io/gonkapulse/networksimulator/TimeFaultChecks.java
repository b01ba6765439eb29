package io.gonkapulse.networksimulator;

import static io.gonkapulse.networksimulator.FaultFixture.entries;
import static io.gonkapulse.networksimulator.FaultFixture.participants;
import static io.gonkapulse.networksimulator.FaultFixture.stats;
import static io.gonkapulse.networksimulator.FaultFixture.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.networksimulator.faults.EndpointFault;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Checks how faults of time, participant lists and rewards appear in a response. */
final class TimeFaultChecks {

    private static final String SUMMARY = FaultFixture.CHAIN + "epoch_performance_summary/";

    private TimeFaultChecks() {}

    static Map<EndpointFault, Consumer<FaultFixture>> all() {
        Map<EndpointFault, Consumer<FaultFixture>> checks = new EnumMap<>(EndpointFault.class);
        checks.put(EndpointFault.ZEROS_UNDER_OLD_EPOCH, TimeFaultChecks::zeros);
        checks.put(EndpointFault.LATEST_AHEAD_OF_CURRENT, TimeFaultChecks::latestAhead);
        checks.put(EndpointFault.NO_TIMING, TimeFaultChecks::noTiming);
        checks.put(EndpointFault.STALE_DATA, TimeFaultChecks::stale);
        checks.put(EndpointFault.OLDEST_ROW_FIRST, TimeFaultChecks::oldestRowFirst);
        checks.put(EndpointFault.OLDER_HEIGHT, TimeFaultChecks::olderHeight);
        checks.put(EndpointFault.PRUNED_HEIGHTS, TimeFaultChecks::pruned);
        checks.put(EndpointFault.DUPLICATE_PARTICIPANTS, TimeFaultChecks::duplicates);
        checks.put(EndpointFault.VANISHED_PARTICIPANTS, TimeFaultChecks::vanished);
        checks.put(EndpointFault.EMPTY_PARTICIPANTS, TimeFaultChecks::empty);
        checks.put(EndpointFault.REWARDS_NOT_READY, TimeFaultChecks::notReady);
        checks.put(EndpointFault.REWARD_HIDDEN_UNTIL_CLAIMED, TimeFaultChecks::hidden);
        return checks;
    }

    private static void zeros(FaultFixture fixture) {
        assertThat(stats(fixture.tracker(), "earned_coins"))
                .anyMatch(earned -> !earned.asString().equals("0"));
        JsonNode faulty = fixture.tracker(EndpointFault.ZEROS_UNDER_OLD_EPOCH);
        assertThat(stats(faulty, "earned_coins"))
                .allMatch(earned -> earned.asString().equals("0"));
        assertThat(faulty.get("epoch_id").asLong())
                .isEqualTo(fixture.tracker().get("epoch_id").asLong() - 1);
        long epoch = fixture.tracker().get("epoch_id").asLong();
        fixture.moveToHeight(fixture.calendar.settlementHeight(epoch));
        JsonNode natural = fixture.tracker();
        assertThat(natural.get("epoch_id").asLong()).isEqualTo(epoch);
        assertThat(stats(natural, "inference_count"))
                .allMatch(count -> count.asString().equals("0"));
    }

    private static void latestAhead(FaultFixture fixture) {
        assertThat(latest(fixture)).isEqualTo(current(fixture));
        assertThat(latest(fixture, EndpointFault.LATEST_AHEAD_OF_CURRENT))
                .isEqualTo(current(fixture, EndpointFault.LATEST_AHEAD_OF_CURRENT) + 1);
        fixture.moveToHeight(fixture.calendar.pocStart(current(fixture) + 1));
        assertThat(latest(fixture)).isEqualTo(current(fixture) + 1);
        fixture.moveToHeight(fixture.calendar.effectiveHeight(latest(fixture)));
        assertThat(latest(fixture)).isEqualTo(current(fixture));
    }

    private static long latest(FaultFixture fixture, EndpointFault... faults) {
        return fixture.json(fixture.node, "/v1/epochs/latest", faults)
                .at("/latest_epoch/index")
                .asLong();
    }

    private static long current(FaultFixture fixture, EndpointFault... faults) {
        return fixture.activeSet(faults).get("epoch_id").asLong();
    }

    private static void noTiming(FaultFixture fixture) {
        assertThat(timingIsNull(fixture.tracker())).isFalse();
        assertThat(timingIsNull(fixture.tracker(EndpointFault.NO_TIMING))).isTrue();
        fixture.moveToHeight(fixture.calendar.pocStart(current(fixture) + 1));
        assertThat(timingIsNull(fixture.tracker())).isTrue();
        fixture.moveToHeight(fixture.calendar.effectiveHeight(current(fixture) + 1));
        assertThat(timingIsNull(fixture.tracker())).isFalse();
    }

    private static boolean timingIsNull(JsonNode response) {
        boolean first = response.get("current_block_height").isNull();
        assertThat(response.get("current_block_timestamp").isNull()).isEqualTo(first);
        assertThat(response.get("avg_block_time").isNull()).isEqualTo(first);
        assertThat(response.get("next_poc_start_block").isNull()).isEqualTo(first);
        assertThat(response.get("set_new_validators_block").isNull()).isEqualTo(first);
        return first;
    }

    private static void stale(FaultFixture fixture) {
        JsonNode plain = fixture.tracker();
        JsonNode faulty = fixture.tracker(EndpointFault.STALE_DATA);
        assertThat(faulty.get("is_current").asBoolean()).isTrue();
        assertThat(Duration.between(cachedAt(faulty), cachedAt(plain))).isEqualTo(Duration.ofMinutes(45));
        assertThat(faulty.get("height").asLong()).isLessThan(plain.get("height").asLong() - 400);
    }

    private static void olderHeight(FaultFixture fixture) {
        JsonNode plain = fixture.tracker();
        JsonNode faulty = fixture.tracker(EndpointFault.OLDER_HEIGHT);
        assertThat(cachedAt(faulty)).isEqualTo(cachedAt(plain));
        assertThat(faulty.get("height").asLong()).isEqualTo(plain.get("height").asLong() - 150);
        assertThat(faulty.get("current_block_timestamp")).isNotEqualTo(plain.get("current_block_timestamp"));
    }

    private static void oldestRowFirst(FaultFixture fixture) {
        JsonNode plain = fixture.tracker();
        JsonNode faulty = fixture.tracker(EndpointFault.OLDEST_ROW_FIRST);
        int participants = entries(plain).size();
        assertThat(faulty.get("height").asLong()).isEqualTo(plain.get("height").asLong() - 800);
        assertThat(cachedAt(faulty)).isBefore(cachedAt(plain));
        assertThat(timingIsNull(faulty)).isTrue();
        assertThat(entries(faulty)).hasSize(3 * participants);
        assertThat(stats(faulty, "inference_count").subList(2 * participants, 3 * participants))
                .isEqualTo(stats(plain, "inference_count"))
                .isNotEqualTo(stats(faulty, "inference_count").subList(0, participants));
    }

    private static LocalDateTime cachedAt(JsonNode response) {
        return LocalDateTime.parse(response.get("cached_at").asString());
    }

    private static void pruned(FaultFixture fixture) {
        String path = fixture.node.url() + FaultFixture.CHAIN + "participant";
        String recent = Long.toString(fixture.height() - 10);
        String old = Long.toString(fixture.height() - 60_000);
        assertThat(fixture.client
                        .getOrFail(path, "X-Cosmos-Block-Height", recent)
                        .status())
                .isEqualTo(200);
        assertThat(fixture.client.getOrFail(path, "X-Cosmos-Block-Height", old).status())
                .isEqualTo(400);
        fixture.node.injectFaults(EndpointFault.PRUNED_HEIGHTS);
        assertThat(fixture.client
                        .getOrFail(path, "X-Cosmos-Block-Height", recent)
                        .status())
                .isEqualTo(400);
        assertThat(fixture.raw(fixture.node, "/chain-rpc/block?height=" + recent, EndpointFault.PRUNED_HEIGHTS)
                        .status())
                .isEqualTo(500);
    }

    private static void duplicates(FaultFixture fixture) {
        assertThat(values(fixture.tracker(), "index")).doesNotHaveDuplicates();
        JsonNode faulty = fixture.tracker(EndpointFault.DUPLICATE_PARTICIPANTS);
        assertThat(new HashSet<>(values(faulty, "index"))).hasSameSizeAs(values(fixture.tracker(), "index"));
        assertThat(entries(faulty).size())
                .isGreaterThan(entries(fixture.tracker()).size());
        assertThat(new HashSet<>(entries(faulty)).size())
                .as("some duplicates have older counters")
                .isGreaterThan(entries(fixture.tracker()).size());
    }

    private static void vanished(FaultFixture fixture) {
        assertThat(entries(fixture.tracker(EndpointFault.VANISHED_PARTICIPANTS)))
                .hasSizeLessThan(entries(fixture.tracker()).size());
        var before = new HashSet<>(values(fixture.tracker(), "index"));
        fixture.clock.advance(Duration.ofDays(2));
        assertThat(new HashSet<>(values(fixture.tracker(), "index")))
                .as("without the fault injected")
                .isNotEqualTo(before);
    }

    private static void empty(FaultFixture fixture) {
        assertThat(participants(fixture.tracker())).isNotEmpty();
        assertThat(participants(fixture.tracker(EndpointFault.EMPTY_PARTICIPANTS)))
                .isEmpty();
        assertThat(participants(fixture.chainParticipants(EndpointFault.EMPTY_PARTICIPANTS)))
                .isEmpty();
    }

    private static void notReady(FaultFixture fixture) {
        long epoch = fixture.calendar.newestSettledEpoch(fixture.height());
        assertThat(rewards(fixture, epoch)).isPositive();
        assertThat(rewards(fixture, epoch, EndpointFault.REWARDS_NOT_READY)).isZero();
        assertThat(rewards(fixture, epoch - 1, EndpointFault.REWARDS_NOT_READY)).isPositive();
        String someone = values(fixture.tracker(), "index").get(0).asString();
        String path = "/api/v1/participants/" + someone + "?epoch_id=" + (epoch + 1);
        assertThat(fixture.json(fixture.tracker, path)
                        .at("/rewards/0/assigned_reward_gnk")
                        .asLong())
                .isPositive();
        assertThat(fixture.json(fixture.tracker, path, EndpointFault.REWARDS_NOT_READY)
                        .at("/rewards/0/assigned_reward_gnk")
                        .asLong())
                .isZero();
    }

    /** The number of participants with a reward. */
    private static long rewards(FaultFixture fixture, long epoch, EndpointFault... faults) {
        return fixture.network
                .nodes(epoch)
                .limit(30)
                .map(id -> fixture.json(fixture.node, SUMMARY + epoch + "/" + id, faults))
                .filter(summary -> !summary.at("/epochPerformanceSummary/rewarded_coins")
                        .asString()
                        .equals("0"))
                .count();
    }

    private static void hidden(FaultFixture fixture) {
        long epoch = fixture.calendar.newestSettledEpoch(fixture.height());
        fixture.moveToHeight(fixture.calendar.settlementHeight(epoch) + 1);
        long plain = rewards(fixture, epoch);
        assertThat(plain)
                .as("some are hidden without the fault injected")
                .isPositive()
                .isLessThan(30);
        assertThat(rewards(fixture, epoch, EndpointFault.REWARD_HIDDEN_UNTIL_CLAIMED))
                .isZero();
        fixture.moveToHeight(fixture.calendar.settlementHeight(epoch + 1) - 1);
        assertThat(rewards(fixture, epoch)).isGreaterThanOrEqualTo(plain);
        assertThat(hiddenThenClaimed(fixture, epoch)).isPositive();
    }

    private static long hiddenThenClaimed(FaultFixture fixture, long epoch) {
        return fixture.network
                .nodes(epoch)
                .filter(id -> {
                    fixture.moveToHeight(fixture.calendar.settlementHeight(epoch) + 1);
                    JsonNode before = fixture.json(fixture.node, SUMMARY + epoch + "/" + id);
                    fixture.moveToHeight(fixture.calendar.settlementHeight(epoch + 1) - 1);
                    JsonNode after = fixture.json(fixture.node, SUMMARY + epoch + "/" + id);
                    return before.at("/epochPerformanceSummary/rewarded_coins")
                                    .asString()
                                    .equals("0")
                            && !Objects.equals(before, after)
                            && after.at("/epochPerformanceSummary/claimed").asBoolean();
                })
                .count();
    }
}
