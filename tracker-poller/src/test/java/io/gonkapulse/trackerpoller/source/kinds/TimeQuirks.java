package io.gonkapulse.trackerpoller.source.kinds;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Counters;
import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.testkit.network.quirk.Quirk;
import io.gonkapulse.trackerpoller.source.NodeResult;
import io.gonkapulse.trackerpoller.source.NodeResult.Rewarded;
import io.gonkapulse.trackerpoller.source.Participant;
import io.gonkapulse.trackerpoller.source.PastEpoch;
import io.gonkapulse.trackerpoller.source.Skip;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Quirks of moments, of lists and of rewards. */
final class TimeQuirks {

    private TimeQuirks() {}

    static Map<Quirk, Consumer<KindStage>> all() {
        Map<Quirk, Consumer<KindStage>> checks = new EnumMap<>(Quirk.class);
        checks.put(Quirk.ZEROS_UNDER_OLD_EPOCH, TimeQuirks::zeros);
        checks.put(Quirk.LATEST_AHEAD_OF_CURRENT, TimeQuirks::latestAhead);
        checks.put(Quirk.NO_TIMING, Expected.forTrackers(Quirk.NO_TIMING, TimeQuirks::noTiming));
        checks.put(Quirk.DUPLICATE_PARTICIPANTS, TimeQuirks::duplicates);
        checks.put(Quirk.OLDEST_ROW_FIRST, Expected.forTrackers(Quirk.OLDEST_ROW_FIRST, TimeQuirks::oldestRowFirst));
        checks.put(Quirk.STALE_DATA, TimeQuirks::stale);
        checks.put(Quirk.OLDER_HEIGHT, TimeQuirks::olderHeight);
        checks.put(Quirk.VANISHED_PARTICIPANTS, TimeQuirks::vanished);
        checks.put(Quirk.EMPTY_PARTICIPANTS, TimeQuirks::empty);
        checks.put(Quirk.REWARDS_NOT_READY, TimeQuirks::rewardsNotReady);
        checks.put(Quirk.REWARD_HIDDEN_UNTIL_CLAIMED, TimeQuirks::rewardHidden);
        checks.put(Quirk.PRUNED_HEIGHTS, TimeQuirks::pruned);
        return checks;
    }

    private static void zeros(KindStage stage) {
        long running = stage.hear().epoch();
        Heard heard = stage.hear(Quirk.ZEROS_UNDER_OLD_EPOCH);
        assertThat(heard.epoch()).isEqualTo(running - 1);
        assertThat(heard.participants())
                .isNotEmpty()
                .allSatisfy(participant -> assertThat(participant.counters()).isEqualTo(Counters.ZERO));
        Expected.truth(stage, heard);
        stage.moveTo(stage.calendar.settlementHeight(running));
        Heard byItself = stage.hear();
        assertThat(byItself.epoch()).isEqualTo(running);
        assertThat(byItself.participants())
                .allSatisfy(participant -> assertThat(participant.counters()).isEqualTo(Counters.ZERO));
    }

    /** While the next epoch is prepared nobody knows when the one after it begins. */
    private static void latestAhead(KindStage stage) {
        assertThat(stage.hear().network().nextEpochHeight()).isNotNull();
        Heard heard = stage.hear(Quirk.LATEST_AHEAD_OF_CURRENT);
        assertThat(heard.network().nextEpochHeight()).isNull();
        assertThat(heard.network().epoch()).isEqualTo(heard.epoch());
        Expected.truth(stage, heard);
    }

    private static void noTiming(KindStage stage) {
        Heard heard = stage.hear(Quirk.NO_TIMING);
        assertThat(heard.network().blockTime()).isNull();
        assertThat(heard.network().averageBlockSeconds()).isNull();
        assertThat(heard.network().nextEpochHeight()).isNull();
        assertThat(heard.network().height()).isEqualTo(heard.height());
        assertThat(heard.observedAt()).isEqualTo("2026-03-10T11:59:40.900851Z").isBefore(heard.fetchedAt());
        Expected.truth(stage, heard);
    }

    private static void duplicates(KindStage stage) {
        Heard plain = stage.hear();
        Heard heard = stage.hear(Quirk.DUPLICATE_PARTICIPANTS);
        long height = requireNonNull(heard.height());
        assertThat(heard.participants())
                .hasSizeGreaterThan(plain.participants().size())
                .containsAll(plain.participants())
                .allSatisfy(participant -> assertThat(participant.counters())
                        .isIn(atAnyOf(stage, participant, heard.epoch(), height, height - 400, height - 800)));
        assertThat(heard.skipped(Skip.MALFORMED)).isZero();
        assertThat(heard.skipped(Skip.DUPLICATE)).isZero();
        assertThat(heard.skipped(Skip.BAD_IDENTIFIER)).isZero();
    }

    private static void oldestRowFirst(KindStage stage) {
        Heard plain = stage.hear();
        Heard heard = stage.hear(Quirk.OLDEST_ROW_FIRST);
        assertThat(heard.participants())
                .hasSize(3 * plain.participants().size())
                .containsAll(plain.participants());
        assertThat(heard.height()).isEqualTo(plain.height());
        assertThat(heard.observedAt()).isEqualTo(plain.observedAt());
    }

    private static List<Counters> atAnyOf(KindStage stage, Participant participant, long epoch, Long... heights) {
        return List.of(heights).stream()
                .map(height -> stage.truth(participant.node(), epoch, height))
                .toList();
    }

    private static void stale(KindStage stage) {
        Heard heard = stage.hear(Quirk.STALE_DATA);
        assertThat(heard.fetchedAt()).isEqualTo(stage.clock.instant());
        assertThat(Duration.between(heard.observedAt(), heard.fetchedAt())).isGreaterThan(Duration.ofMinutes(45));
        assertThat(heard.observedAt()).isEqualTo(stage.calendar.blockTime(requireNonNull(heard.height())));
        Expected.truth(stage, heard);
    }

    private static void olderHeight(KindStage stage) {
        Heard plain = stage.hear();
        Heard heard = stage.hear(Quirk.OLDER_HEIGHT);
        assertThat(heard.height()).isEqualTo(requireNonNull(plain.height()) - 150);
        assertThat(heard.observedAt()).isEqualTo(stage.calendar.blockTime(requireNonNull(heard.height())));
        Expected.truth(stage, heard);
    }

    private static void vanished(KindStage stage) {
        Heard plain = stage.hear();
        Heard heard = stage.hear(Quirk.VANISHED_PARTICIPANTS);
        assertThat(heard.participants())
                .isNotEmpty()
                .hasSizeLessThan(plain.participants().size());
        assertThat(plain.participants()).containsAll(heard.participants());
        assertThat(heard.skipped(Skip.MALFORMED)).isZero();
        assertThat(heard.skipped(Skip.BAD_IDENTIFIER)).isZero();
    }

    private static void empty(KindStage stage) {
        Heard heard = stage.hear(Quirk.EMPTY_PARTICIPANTS);
        assertThat(heard.participants()).isEmpty();
        assertThat(heard.skipped()).isEqualTo(Heard.skips(Map.of()));
        assertThat(heard.height()).isNotNull();
    }

    /** What is said of the rewards is handed on as it is; that nobody's is known shows only when all are seen. */
    private static void rewardsNotReady(KindStage stage) {
        Expected.same(Quirk.REWARDS_NOT_READY).accept(stage);
        long newest = stage.calendar.newestSettledEpoch(stage.height());
        assertThat(rewards(stage, newest, Quirk.REWARDS_NOT_READY)).containsOnly(Ngonka.ZERO);
        assertThat(rewards(stage, newest)).hasSizeGreaterThan(1);
        assertThat(rewards(stage, newest - 1, Quirk.REWARDS_NOT_READY)).hasSizeGreaterThan(1);
    }

    private static void rewardHidden(KindStage stage) {
        Expected.same(Quirk.REWARD_HIDDEN_UNTIL_CLAIMED).accept(stage);
        long newest = stage.calendar.newestSettledEpoch(stage.height());
        stage.moveTo(stage.calendar.effectiveHeight(newest + 1));
        PastEpoch past = stage.source.past(stage.site, newest);
        stage.face.show(Quirk.REWARD_HIDDEN_UNTIL_CLAIMED);
        List<NodeResult> hidden = results(stage, past);
        stage.face.hideAll();
        assertThat(hidden).hasSize(past.members().size()).anySatisfy(result -> {
            assertThat(((Rewarded) result).claimed()).isFalse();
            assertThat(((Rewarded) result).rewarded()).isEqualTo(Ngonka.ZERO);
        });
        assertThat(results(stage, past)).hasSize(past.members().size()).isNotEqualTo(hidden);
    }

    private static Set<Ngonka> rewards(KindStage stage, long epoch, Quirk... quirks) {
        stage.face.show(quirks);
        List<NodeResult> results = results(stage, stage.source.past(stage.site, epoch));
        stage.face.hideAll();
        return results.stream().map(result -> ((Rewarded) result).rewarded()).collect(toSet());
    }

    private static List<NodeResult> results(KindStage stage, PastEpoch past) {
        return past.members().stream()
                .sorted(NodeIdentifier::compareTo)
                .map(node -> stage.source.result(stage.site, past, node).orElseThrow())
                .toList();
    }

    /** The running epoch is about the newest height; of an old block the time is still found close by. */
    private static void pruned(KindStage stage) {
        Expected.same(Quirk.PRUNED_HEIGHTS).accept(stage);
        long epoch = stage.hear().epoch() - 1;
        stage.face.show(Quirk.PRUNED_HEIGHTS);
        PastEpoch.Block settled = stage.source.past(stage.site, epoch).settled().orElseThrow();
        stage.face.hideAll();
        assertThat(Duration.between(stage.calendar.blockTime(stage.calendar.settlementHeight(epoch)), settled.time())
                        .abs())
                .isLessThan(Duration.ofMinutes(2));
    }
}
