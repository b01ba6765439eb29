package io.gonkapulse.trackerpoller.trackerapi.conformance;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.trackerpoller.trackerapi.EpochParticipant;
import io.gonkapulse.trackerpoller.trackerapi.NodeResult;
import io.gonkapulse.trackerpoller.trackerapi.NodeResult.RewardedResult;
import io.gonkapulse.trackerpoller.trackerapi.PastEpoch;
import io.gonkapulse.trackerpoller.trackerapi.SkipReason;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Quirks of moments, of lists and of rewards. */
final class TimeFaultExpectations {

    private TimeFaultExpectations() {}

    static Map<EndpointFault, Consumer<TrackerTypeFixture>> all() {
        Map<EndpointFault, Consumer<TrackerTypeFixture>> checks = new EnumMap<>(EndpointFault.class);
        checks.put(EndpointFault.ZEROS_UNDER_OLD_EPOCH, TimeFaultExpectations::zeros);
        checks.put(EndpointFault.LATEST_AHEAD_OF_CURRENT, TimeFaultExpectations::latestAhead);
        checks.put(
                EndpointFault.NO_TIMING,
                EpochAssertions.onlyForTrackers(EndpointFault.NO_TIMING, TimeFaultExpectations::noTiming));
        checks.put(EndpointFault.DUPLICATE_PARTICIPANTS, TimeFaultExpectations::duplicates);
        checks.put(
                EndpointFault.OLDEST_ROW_FIRST,
                EpochAssertions.onlyForTrackers(EndpointFault.OLDEST_ROW_FIRST, TimeFaultExpectations::oldestRowFirst));
        checks.put(EndpointFault.STALE_DATA, TimeFaultExpectations::stale);
        checks.put(EndpointFault.OLDER_HEIGHT, TimeFaultExpectations::olderHeight);
        checks.put(EndpointFault.VANISHED_PARTICIPANTS, TimeFaultExpectations::vanished);
        checks.put(EndpointFault.EMPTY_PARTICIPANTS, TimeFaultExpectations::empty);
        checks.put(EndpointFault.REWARDS_NOT_READY, TimeFaultExpectations::rewardsNotReady);
        checks.put(EndpointFault.REWARD_HIDDEN_UNTIL_CLAIMED, TimeFaultExpectations::rewardHidden);
        checks.put(EndpointFault.PRUNED_HEIGHTS, TimeFaultExpectations::pruned);
        return checks;
    }

    private static void zeros(TrackerTypeFixture stage) {
        long running = stage.read().epoch();
        EpochReading heard = stage.read(EndpointFault.ZEROS_UNDER_OLD_EPOCH);
        assertThat(heard.epoch()).isEqualTo(running - 1);
        assertThat(heard.participants())
                .isNotEmpty()
                .allSatisfy(participant -> assertThat(participant.counters()).isEqualTo(NodeCounters.ZERO));
        EpochAssertions.assertTruth(stage, heard);
        stage.moveTo(stage.calendar.settlementHeight(running));
        EpochReading byItself = stage.read();
        assertThat(byItself.epoch()).isEqualTo(running);
        assertThat(byItself.participants())
                .allSatisfy(participant -> assertThat(participant.counters()).isEqualTo(NodeCounters.ZERO));
    }

    /** While the next epoch is prepared nobody knows when the one after it begins. */
    private static void latestAhead(TrackerTypeFixture stage) {
        assertThat(stage.read().network().nextEpochHeight()).isNotNull();
        EpochReading heard = stage.read(EndpointFault.LATEST_AHEAD_OF_CURRENT);
        assertThat(heard.network().nextEpochHeight()).isNull();
        assertThat(heard.network().epoch()).isEqualTo(heard.epoch());
        EpochAssertions.assertTruth(stage, heard);
    }

    private static void noTiming(TrackerTypeFixture stage) {
        EpochReading heard = stage.read(EndpointFault.NO_TIMING);
        assertThat(heard.network().blockTime()).isNull();
        assertThat(heard.network().averageBlockSeconds()).isNull();
        assertThat(heard.network().nextEpochHeight()).isNull();
        assertThat(heard.network().height()).isEqualTo(heard.height());
        assertThat(heard.observedAt()).isEqualTo("2026-03-10T11:59:40.900851Z").isBefore(heard.fetchedAt());
        EpochAssertions.assertTruth(stage, heard);
    }

    private static void duplicates(TrackerTypeFixture stage) {
        EpochReading plain = stage.read();
        EpochReading heard = stage.read(EndpointFault.DUPLICATE_PARTICIPANTS);
        long height = requireNonNull(heard.height());
        assertThat(heard.participants())
                .hasSizeGreaterThan(plain.participants().size())
                .containsAll(plain.participants())
                .allSatisfy(participant -> assertThat(participant.counters())
                        .isIn(atAnyOf(stage, participant, heard.epoch(), height, height - 400, height - 800)));
        assertThat(heard.skipped(SkipReason.MALFORMED)).isZero();
        assertThat(heard.skipped(SkipReason.DUPLICATE)).isZero();
        assertThat(heard.skipped(SkipReason.BAD_IDENTIFIER)).isZero();
    }

    private static void oldestRowFirst(TrackerTypeFixture stage) {
        EpochReading plain = stage.read();
        EpochReading heard = stage.read(EndpointFault.OLDEST_ROW_FIRST);
        assertThat(heard.participants())
                .hasSize(3 * plain.participants().size())
                .containsAll(plain.participants());
        assertThat(heard.height()).isEqualTo(plain.height());
        assertThat(heard.observedAt()).isEqualTo(plain.observedAt());
    }

    private static List<NodeCounters> atAnyOf(
            TrackerTypeFixture stage, EpochParticipant participant, long epoch, Long... heights) {
        return List.of(heights).stream()
                .map(height -> stage.truth(participant.node(), epoch, height))
                .toList();
    }

    private static void stale(TrackerTypeFixture stage) {
        EpochReading heard = stage.read(EndpointFault.STALE_DATA);
        assertThat(heard.fetchedAt()).isEqualTo(stage.clock.instant());
        assertThat(Duration.between(heard.observedAt(), heard.fetchedAt())).isGreaterThan(Duration.ofMinutes(45));
        assertThat(heard.observedAt()).isEqualTo(stage.calendar.blockTime(requireNonNull(heard.height())));
        EpochAssertions.assertTruth(stage, heard);
    }

    private static void olderHeight(TrackerTypeFixture stage) {
        EpochReading plain = stage.read();
        EpochReading heard = stage.read(EndpointFault.OLDER_HEIGHT);
        assertThat(heard.height()).isEqualTo(requireNonNull(plain.height()) - 150);
        assertThat(heard.observedAt()).isEqualTo(stage.calendar.blockTime(requireNonNull(heard.height())));
        EpochAssertions.assertTruth(stage, heard);
    }

    private static void vanished(TrackerTypeFixture stage) {
        EpochReading plain = stage.read();
        EpochReading heard = stage.read(EndpointFault.VANISHED_PARTICIPANTS);
        assertThat(heard.participants())
                .isNotEmpty()
                .hasSizeLessThan(plain.participants().size());
        assertThat(plain.participants()).containsAll(heard.participants());
        assertThat(heard.skipped(SkipReason.MALFORMED)).isZero();
        assertThat(heard.skipped(SkipReason.BAD_IDENTIFIER)).isZero();
    }

    private static void empty(TrackerTypeFixture stage) {
        EpochReading heard = stage.read(EndpointFault.EMPTY_PARTICIPANTS);
        assertThat(heard.participants()).isEmpty();
        assertThat(heard.skipped()).isEqualTo(EpochReading.skipCounts(Map.of()));
        assertThat(heard.height()).isNotNull();
    }

    /** What is said of the rewards is handed on as it is; that nobody's is known shows only when all are seen. */
    private static void rewardsNotReady(TrackerTypeFixture stage) {
        EpochAssertions.unchangedBy(EndpointFault.REWARDS_NOT_READY).accept(stage);
        long newest = stage.calendar.newestSettledEpoch(stage.height());
        assertThat(rewards(stage, newest, EndpointFault.REWARDS_NOT_READY)).containsOnly(Ngonka.ZERO);
        assertThat(rewards(stage, newest)).hasSizeGreaterThan(1);
        assertThat(rewards(stage, newest - 1, EndpointFault.REWARDS_NOT_READY)).hasSizeGreaterThan(1);
    }

    private static void rewardHidden(TrackerTypeFixture stage) {
        EpochAssertions.unchangedBy(EndpointFault.REWARD_HIDDEN_UNTIL_CLAIMED).accept(stage);
        long newest = stage.calendar.newestSettledEpoch(stage.height());
        stage.moveTo(stage.calendar.effectiveHeight(newest + 1));
        PastEpoch past = stage.api.pastEpoch(stage.client, newest);
        stage.face.injectFaults(EndpointFault.REWARD_HIDDEN_UNTIL_CLAIMED);
        List<NodeResult> hidden = results(stage, past);
        stage.face.removeAllFaults();
        assertThat(hidden).hasSize(past.members().size()).anySatisfy(result -> {
            assertThat(((RewardedResult) result).claimed()).isFalse();
            assertThat(((RewardedResult) result).rewarded()).isEqualTo(Ngonka.ZERO);
        });
        assertThat(results(stage, past)).hasSize(past.members().size()).isNotEqualTo(hidden);
    }

    private static Set<Ngonka> rewards(TrackerTypeFixture stage, long epoch, EndpointFault... quirks) {
        stage.face.injectFaults(quirks);
        List<NodeResult> results = results(stage, stage.api.pastEpoch(stage.client, epoch));
        stage.face.removeAllFaults();
        return results.stream()
                .map(result -> ((RewardedResult) result).rewarded())
                .collect(toSet());
    }

    private static List<NodeResult> results(TrackerTypeFixture stage, PastEpoch past) {
        return past.members().stream()
                .sorted(NodeIdentifier::compareTo)
                .map(node -> stage.api.nodeResult(stage.client, past, node).orElseThrow())
                .toList();
    }

    /** The running epoch is about the newest height; of an old block the time is still found close by. */
    private static void pruned(TrackerTypeFixture stage) {
        EpochAssertions.unchangedBy(EndpointFault.PRUNED_HEIGHTS).accept(stage);
        long epoch = stage.read().epoch() - 1;
        stage.face.injectFaults(EndpointFault.PRUNED_HEIGHTS);
        PastEpoch.SettlementBlock settled =
                stage.api.pastEpoch(stage.client, epoch).settled().orElseThrow();
        stage.face.removeAllFaults();
        assertThat(Duration.between(stage.calendar.blockTime(stage.calendar.settlementHeight(epoch)), settled.time())
                        .abs())
                .isLessThan(Duration.ofMinutes(2));
    }
}
