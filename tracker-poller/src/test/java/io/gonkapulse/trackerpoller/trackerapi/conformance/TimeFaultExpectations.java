package io.gonkapulse.trackerpoller.trackerapi.conformance;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse.EpochParticipant;
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

/** Expected readings for faults of times, lists and rewards. */
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

    private static void zeros(TrackerTypeFixture fixture) {
        long running = fixture.read().epoch();
        EpochReading reading = fixture.read(EndpointFault.ZEROS_UNDER_OLD_EPOCH);
        assertThat(reading.epoch()).isEqualTo(running - 1);
        assertThat(reading.participants())
                .isNotEmpty()
                .allSatisfy(participant -> assertThat(participant.counters()).isEqualTo(NodeCounters.ZERO));
        EpochAssertions.assertTruth(fixture, reading);
        fixture.moveTo(fixture.calendar.settlementHeight(running));
        EpochReading byItself = fixture.read();
        assertThat(byItself.epoch()).isEqualTo(running);
        assertThat(byItself.participants())
                .isNotEmpty()
                .allSatisfy(participant -> assertThat(participant.counters()).isEqualTo(NodeCounters.ZERO));
    }

    /** During the preparation of the next epoch the start of the one after it is unknown. */
    private static void latestAhead(TrackerTypeFixture fixture) {
        assertThat(fixture.read().network().nextEpochHeight()).isNotNull();
        EpochReading reading = fixture.read(EndpointFault.LATEST_AHEAD_OF_CURRENT);
        assertThat(reading.network().nextEpochHeight()).isNull();
        assertThat(reading.network().epoch()).isEqualTo(reading.epoch());
        EpochAssertions.assertTruth(fixture, reading);
    }

    private static void noTiming(TrackerTypeFixture fixture) {
        EpochReading reading = fixture.read(EndpointFault.NO_TIMING);
        assertThat(reading.network().blockTime()).isNull();
        assertThat(reading.network().averageBlockSeconds()).isNull();
        assertThat(reading.network().nextEpochHeight()).isNull();
        assertThat(reading.network().height()).isEqualTo(reading.height());
        assertThat(reading.observedAt())
                .isEqualTo("2026-03-10T11:59:40.900851Z")
                .isBefore(reading.fetchedAt());
        EpochAssertions.assertTruth(fixture, reading);
    }

    private static void duplicates(TrackerTypeFixture fixture) {
        EpochReading plain = fixture.read();
        EpochReading reading = fixture.read(EndpointFault.DUPLICATE_PARTICIPANTS);
        long height = requireNonNull(reading.height());
        assertThat(reading.participants())
                .hasSizeGreaterThan(plain.participants().size())
                .containsAll(plain.participants())
                .allSatisfy(participant -> assertThat(participant.counters())
                        .isIn(atAnyOf(fixture, participant, reading.epoch(), height, height - 400, height - 800)));
        assertThat(reading.skipped(SkipReason.MALFORMED)).isZero();
        assertThat(reading.skipped(SkipReason.DUPLICATE)).isZero();
        assertThat(reading.skipped(SkipReason.BAD_IDENTIFIER)).isZero();
    }

    private static void oldestRowFirst(TrackerTypeFixture fixture) {
        EpochReading plain = fixture.read();
        EpochReading reading = fixture.read(EndpointFault.OLDEST_ROW_FIRST);
        assertThat(reading.participants())
                .hasSize(3 * plain.participants().size())
                .containsAll(plain.participants());
        assertThat(reading.height()).isEqualTo(plain.height());
        assertThat(reading.observedAt()).isEqualTo(plain.observedAt());
    }

    private static List<NodeCounters> atAnyOf(
            TrackerTypeFixture fixture, EpochParticipant participant, long epoch, Long... heights) {
        return List.of(heights).stream()
                .map(height -> fixture.truth(participant.node(), epoch, height))
                .toList();
    }

    private static void stale(TrackerTypeFixture fixture) {
        EpochReading reading = fixture.read(EndpointFault.STALE_DATA);
        assertThat(reading.fetchedAt()).isEqualTo(fixture.clock.instant());
        assertThat(Duration.between(reading.observedAt(), reading.fetchedAt())).isGreaterThan(Duration.ofMinutes(45));
        assertThat(reading.observedAt()).isEqualTo(fixture.calendar.blockTime(requireNonNull(reading.height())));
        EpochAssertions.assertTruth(fixture, reading);
    }

    private static void olderHeight(TrackerTypeFixture fixture) {
        EpochReading plain = fixture.read();
        EpochReading reading = fixture.read(EndpointFault.OLDER_HEIGHT);
        assertThat(reading.height()).isEqualTo(requireNonNull(plain.height()) - 150);
        assertThat(reading.observedAt()).isEqualTo(fixture.calendar.blockTime(requireNonNull(reading.height())));
        EpochAssertions.assertTruth(fixture, reading);
    }

    private static void vanished(TrackerTypeFixture fixture) {
        EpochReading plain = fixture.read();
        EpochReading reading = fixture.read(EndpointFault.VANISHED_PARTICIPANTS);
        assertThat(reading.participants())
                .isNotEmpty()
                .hasSizeLessThan(plain.participants().size());
        assertThat(plain.participants()).containsAll(reading.participants());
        assertThat(reading.skipped(SkipReason.MALFORMED)).isZero();
        assertThat(reading.skipped(SkipReason.BAD_IDENTIFIER)).isZero();
    }

    private static void empty(TrackerTypeFixture fixture) {
        EpochReading reading = fixture.read(EndpointFault.EMPTY_PARTICIPANTS);
        assertThat(reading.participants()).isEmpty();
        assertThat(reading.skipped()).isEqualTo(EpochReading.skipCounts(Map.of()));
        assertThat(reading.height()).isNotNull();
    }

    /** Zero rewards are read as reported; that no reward is known follows only from all of them. */
    private static void rewardsNotReady(TrackerTypeFixture fixture) {
        EpochAssertions.unchangedBy(EndpointFault.REWARDS_NOT_READY).accept(fixture);
        long newest = fixture.calendar.newestSettledEpoch(fixture.height());
        assertThat(rewards(fixture, newest, EndpointFault.REWARDS_NOT_READY)).containsOnly(Ngonka.ZERO);
        assertThat(rewards(fixture, newest)).hasSizeGreaterThan(1);
        assertThat(rewards(fixture, newest - 1, EndpointFault.REWARDS_NOT_READY))
                .hasSizeGreaterThan(1);
    }

    private static void rewardHidden(TrackerTypeFixture fixture) {
        EpochAssertions.unchangedBy(EndpointFault.REWARD_HIDDEN_UNTIL_CLAIMED).accept(fixture);
        long newest = fixture.calendar.newestSettledEpoch(fixture.height());
        fixture.moveTo(fixture.calendar.effectiveHeight(newest + 1));
        PastEpoch past = fixture.api.pastEpoch(fixture.client, newest);
        fixture.endpoint.injectFaults(EndpointFault.REWARD_HIDDEN_UNTIL_CLAIMED);
        List<NodeResult> hidden = results(fixture, past);
        fixture.endpoint.removeAllFaults();
        assertThat(hidden).hasSize(past.members().size()).anySatisfy(result -> {
            assertThat(((RewardedResult) result).claimed()).isFalse();
            assertThat(((RewardedResult) result).rewarded()).isEqualTo(Ngonka.ZERO);
        });
        assertThat(results(fixture, past)).hasSize(past.members().size()).isNotEqualTo(hidden);
    }

    private static Set<Ngonka> rewards(TrackerTypeFixture fixture, long epoch, EndpointFault... faults) {
        fixture.endpoint.injectFaults(faults);
        List<NodeResult> results = results(fixture, fixture.api.pastEpoch(fixture.client, epoch));
        fixture.endpoint.removeAllFaults();
        return results.stream()
                .map(result -> ((RewardedResult) result).rewarded())
                .collect(toSet());
    }

    private static List<NodeResult> results(TrackerTypeFixture fixture, PastEpoch past) {
        return past.members().stream()
                .sorted(NodeIdentifier::compareTo)
                .map(node -> fixture.api.nodeResult(fixture.client, past, node).orElseThrow())
                .toList();
    }

    /** The running epoch uses the newest height; for a pruned block a nearby one gives the time. */
    private static void pruned(TrackerTypeFixture fixture) {
        EpochAssertions.unchangedBy(EndpointFault.PRUNED_HEIGHTS).accept(fixture);
        long epoch = fixture.read().epoch() - 1;
        fixture.endpoint.injectFaults(EndpointFault.PRUNED_HEIGHTS);
        PastEpoch.SettlementBlock settled =
                fixture.api.pastEpoch(fixture.client, epoch).settled().orElseThrow();
        fixture.endpoint.removeAllFaults();
        assertThat(Duration.between(
                                fixture.calendar.blockTime(fixture.calendar.settlementHeight(epoch)), settled.time())
                        .abs())
                .isLessThan(Duration.ofMinutes(2));
    }
}
