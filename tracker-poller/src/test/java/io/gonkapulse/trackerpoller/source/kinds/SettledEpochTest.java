package io.gonkapulse.trackerpoller.source.kinds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.testkit.network.face.Route;
import io.gonkapulse.testkit.network.quirk.Quirk;
import io.gonkapulse.testkit.network.truth.SettlementTruth;
import io.gonkapulse.trackerpoller.site.SiteException;
import io.gonkapulse.trackerpoller.site.SiteException.Reason;
import io.gonkapulse.trackerpoller.source.NodeResult.Rewarded;
import io.gonkapulse.trackerpoller.source.PastEpoch;
import io.gonkapulse.trackerpoller.source.PastEpoch.Block;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Epochs that are over, as both kinds tell them, against what really happened. */
class SettledEpochTest {

    private static final BigInteger GNK = BigInteger.TEN.pow(9);
    private static final String STRANGER = "gonka1qzmhx83xnamk0uqup3lxpf2te9karrwjm9cjh7";

    private final KindStage tracker = KindStage.tracker();
    private final KindStage node = KindStage.node();

    @AfterEach
    void close() {
        tracker.close();
        node.close();
    }

    @Test
    void aChainNodeTellsSettlementsToTheNgonka() {
        long newest = newestSettled(node);
        for (long epoch = newest - 2; epoch <= newest; epoch++) {
            PastEpoch past = node.source.past(node.site, epoch);
            assertThat(past.members()).containsExactlyInAnyOrderElementsOf(node.members(epoch));
            assertThat(past.height()).isEqualTo(node.height());
            assertThat(past.observedAt()).isEqualTo(node.calendar.blockTime(node.height()));
            assertThat(past.settled()).contains(blockOfSettlement(node, epoch));
            assertThat(past.forfeited())
                    .isEqualTo(
                            epoch + 2 <= newest ? Optional.of(blockOfSettlement(node, epoch + 2)) : Optional.empty());
            for (NodeIdentifier member : past.members()) {
                SettlementTruth truth = truth(node, member, epoch);
                assertThat(node.source.result(node.site, past, member))
                        .contains(new Rewarded(
                                KindStage.counters(truth.settlement().work()),
                                truth.settlement().rewarded(),
                                truth.settlement().claimed(),
                                false));
            }
        }
    }

    @Test
    void aTrackerTellsThemInWholeGnk() {
        long newest = newestSettled(tracker);
        for (long epoch = newest - 2; epoch <= newest; epoch++) {
            PastEpoch past = tracker.source.past(tracker.site, epoch);
            assertThat(past.members()).containsExactlyInAnyOrderElementsOf(tracker.members(epoch));
            long last = tracker.calendar.settlementHeight(epoch) - 8;
            for (NodeIdentifier member : past.members()) {
                SettlementTruth truth = truth(tracker, member, epoch);
                BigInteger whole = truth.settlement().rewarded().amount().divide(GNK);
                assertThat(tracker.source.result(tracker.site, past, member))
                        .contains(new Rewarded(
                                tracker.truth(member, epoch, last),
                                new Ngonka(whole.multiply(GNK)),
                                truth.settlement().claimed(),
                                true));
            }
        }
    }

    @Test
    void aTrackersSettlementIsTimedByTheBlocksAroundIt() {
        long epoch = tracker.calendar.currentEpoch(tracker.height());
        tracker.moveTo(tracker.calendar.pocStart(epoch + 1) - 1);
        tracker.hear();
        tracker.moveTo(tracker.calendar.effectiveHeight(epoch + 1));
        tracker.hear();
        PastEpoch past = tracker.source.past(tracker.site, epoch);
        assertThat(past.height()).isNull();
        Block settled = past.settled().orElseThrow();
        assertThat(settled.height()).isNull();
        assertThat(away(settled, tracker, epoch)).isLessThan(Duration.ofMinutes(1));
        assertThat(past.forfeited()).isEmpty();
    }

    @Test
    void aTrackerThatWasNeverHeardIsAskedForItsNewestBlockFirst() {
        long epoch = newestSettled(tracker) - 4;
        PastEpoch past = tracker.source.past(tracker.site, epoch);
        assertThat(tracker.face.requests(Route.CURRENT_EPOCH)).isEqualTo(1);
        assertThat(away(past.settled().orElseThrow(), tracker, epoch)).isLessThan(Duration.ofMinutes(2));
        assertThat(away(past.forfeited().orElseThrow(), tracker, epoch + 2)).isLessThan(Duration.ofMinutes(2));
        tracker.source.past(tracker.site, epoch);
        assertThat(tracker.face.requests(Route.CURRENT_EPOCH)).isEqualTo(1);
        assertThat(tracker.face.requests(Route.PAST_EPOCH))
                .as("twice itself, and once the epoch whose settlement forfeits")
                .isEqualTo(3);
    }

    @Test
    void theVersionOfASettlementIsWhenItWasTold() {
        long epoch = newestSettled(tracker);
        Instant first = tracker.source.past(tracker.site, epoch).observedAt();
        tracker.clock.advance(Duration.ofHours(1));
        assertThat(tracker.source.past(tracker.site, epoch).observedAt()).isEqualTo(first.plus(Duration.ofHours(1)));
        tracker.face.show(Quirk.STALE_DATA);
        assertThat(tracker.source.past(tracker.site, epoch).observedAt()).isEqualTo(first.plus(Duration.ofMinutes(15)));
    }

    @Test
    void theRunningEpochIsNotSettled() {
        for (KindStage stage : new KindStage[] {tracker, node}) {
            long epoch = stage.hear().epoch();
            PastEpoch past = stage.source.past(stage.site, epoch);
            assertThat(past.settled()).isEmpty();
            assertThat(past.forfeited()).isEmpty();
            assertThat(stage.source.result(
                            stage.site, past, stage.members(epoch).get(0)))
                    .isEmpty();
        }
    }

    @Test
    void aChainNodeKnowsASettlementFromItsBlockOn() {
        long epoch = node.hear().epoch();
        long settlement = node.calendar.settlementHeight(epoch);
        node.clock.moveTo(node.calendar.blockTime(settlement).minusMillis(1));
        assertThat(node.source.past(node.site, epoch).settled()).isEmpty();
        node.clock.moveTo(node.calendar.blockTime(settlement));
        PastEpoch past = node.source.past(node.site, epoch);
        assertThat(past.settled()).contains(blockOfSettlement(node, epoch));
        assertThat(node.source.result(node.site, past, node.members(epoch).get(0)))
                .isPresent();
    }

    @Test
    void theBlockOfASettlementIsAskedForOnce() {
        long epoch = newestSettled(node);
        node.source.past(node.site, epoch);
        node.source.past(node.site, epoch);
        assertThat(node.face.requests(Route.BLOCK)).isEqualTo(1);
        assertThat(node.face.requests(Route.ACTIVE_SET))
                .as("itself twice, the next one once")
                .isEqualTo(3);
    }

    @Test
    void resultsOfAChainNodeAreThoseOfThePinnedHeight() {
        long epoch = newestSettled(node);
        node.moveTo(node.calendar.settlementHeight(epoch) + 1);
        PastEpoch early = node.source.past(node.site, epoch);
        node.moveTo(node.calendar.settlementHeight(epoch) + 10_000);
        PastEpoch late = node.source.past(node.site, epoch);
        assertThat(claims(node, early)).isZero();
        assertThat(claims(node, late)).isPositive();
    }

    @Test
    void whoWasNotInTheEpochHasNoResult() {
        for (KindStage stage : new KindStage[] {tracker, node}) {
            PastEpoch past = stage.source.past(stage.site, newestSettled(stage));
            assertThat(stage.source.result(stage.site, past, NodeIdentifier.parse(STRANGER)))
                    .isEmpty();
        }
    }

    @Test
    void anEpochOfNobodyIsRefused() {
        for (KindStage stage : new KindStage[] {tracker, node}) {
            stage.hear();
            stage.face.show(Quirk.EMPTY_PARTICIPANTS);
            assertThatThrownBy(() -> stage.source.past(stage.site, newestSettled(stage)))
                    .isInstanceOfSatisfying(
                            SiteException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNUSABLE));
        }
    }

    @Test
    void anEpochThatNeverWasIsRefused() {
        for (KindStage stage : new KindStage[] {tracker, node}) {
            assertThatThrownBy(() -> stage.source.past(stage.site, 9_999))
                    .isInstanceOfSatisfying(
                            SiteException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED));
        }
    }

    private static long claims(KindStage stage, PastEpoch past) {
        return past.members().stream()
                .map(member -> stage.source.result(stage.site, past, member).orElseThrow())
                .filter(result -> ((Rewarded) result).claimed())
                .count();
    }

    private static long newestSettled(KindStage stage) {
        return stage.calendar.newestSettledEpoch(stage.height());
    }

    private static SettlementTruth truth(KindStage stage, NodeIdentifier member, long epoch) {
        return stage.network
                .truth()
                .settlement(member, epoch, stage.clock.instant().minusSeconds(30))
                .orElseThrow();
    }

    private static Block blockOfSettlement(KindStage stage, long epoch) {
        long height = stage.calendar.settlementHeight(epoch);
        return new Block(height, stage.calendar.blockTime(height));
    }

    private static Duration away(Block block, KindStage stage, long epoch) {
        return Duration.between(blockOfSettlement(stage, epoch).time(), block.time())
                .abs();
    }
}
