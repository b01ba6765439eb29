package io.gonkapulse.trackerpoller.trackerapi.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.networksimulator.EndpointRoute;
import io.gonkapulse.networksimulator.NetworkTruth.SettlementTruth;
import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import io.gonkapulse.trackerpoller.trackerapi.NodeResult.RewardedResult;
import io.gonkapulse.trackerpoller.trackerapi.PastEpoch;
import io.gonkapulse.trackerpoller.trackerapi.PastEpoch.SettlementBlock;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Compares past epochs of both tracker types with the simulated truth. */
class PastEpochConformanceTest {

    private static final BigInteger GNK = BigInteger.TEN.pow(9);
    private static final String STRANGER = "gonka1qzmhx83xnamk0uqup3lxpf2te9karrwjm9cjh7";

    private final TrackerTypeFixture tracker = TrackerTypeFixture.tracker();
    private final TrackerTypeFixture node = TrackerTypeFixture.node();

    @AfterEach
    void close() {
        tracker.close();
        node.close();
    }

    @Test
    void gonkaNodeReportsExactSettlements() {
        long newest = newestSettled(node);
        for (long epoch = newest - 2; epoch <= newest; epoch++) {
            PastEpoch past = node.api.pastEpoch(node.client, epoch);
            assertThat(past.members()).containsExactlyInAnyOrderElementsOf(node.members(epoch));
            assertThat(past.height()).isEqualTo(node.height());
            assertThat(past.observedAt()).isEqualTo(node.calendar.blockTime(node.height()));
            assertThat(past.settled()).contains(blockOfSettlement(node, epoch));
            assertThat(past.forfeited())
                    .isEqualTo(
                            epoch + 2 <= newest ? Optional.of(blockOfSettlement(node, epoch + 2)) : Optional.empty());
            for (NodeIdentifier member : past.members()) {
                SettlementTruth truth = truth(node, member, epoch);
                assertThat(node.api.nodeResult(node.client, past, member))
                        .contains(new RewardedResult(
                                TrackerTypeFixture.counters(truth.settlement().work()),
                                truth.settlement().rewarded(),
                                truth.settlement().claimed(),
                                false));
            }
        }
    }

    @Test
    void gonkaTrackerReportsWholeGnk() {
        long newest = newestSettled(tracker);
        for (long epoch = newest - 2; epoch <= newest; epoch++) {
            PastEpoch past = tracker.api.pastEpoch(tracker.client, epoch);
            assertThat(past.members()).containsExactlyInAnyOrderElementsOf(tracker.members(epoch));
            long last = tracker.calendar.settlementHeight(epoch) - 8;
            for (NodeIdentifier member : past.members()) {
                SettlementTruth truth = truth(tracker, member, epoch);
                BigInteger whole = truth.settlement().rewarded().amount().divide(GNK);
                assertThat(tracker.api.nodeResult(tracker.client, past, member))
                        .contains(new RewardedResult(
                                tracker.truth(member, epoch, last),
                                new Ngonka(whole.multiply(GNK)),
                                truth.settlement().claimed(),
                                true));
            }
        }
    }

    @Test
    void timesTrackerSettlementByNearbyBlocks() {
        long epoch = tracker.calendar.currentEpoch(tracker.height());
        tracker.moveTo(tracker.calendar.pocStart(epoch + 1) - 1);
        tracker.read();
        tracker.moveTo(tracker.calendar.effectiveHeight(epoch + 1));
        tracker.read();
        PastEpoch past = tracker.api.pastEpoch(tracker.client, epoch);
        assertThat(past.height()).isNull();
        SettlementBlock settled = past.settled().orElseThrow();
        assertThat(settled.height()).isNull();
        assertThat(distanceFromSettlement(settled, tracker, epoch)).isLessThan(Duration.ofMinutes(1));
        assertThat(past.forfeited()).isEmpty();
    }

    @Test
    void requestsNewestBlockOfNewTracker() {
        long epoch = newestSettled(tracker) - 4;
        PastEpoch past = tracker.api.pastEpoch(tracker.client, epoch);
        assertThat(tracker.endpoint.requestCount(EndpointRoute.CURRENT_EPOCH)).isEqualTo(1);
        assertThat(distanceFromSettlement(past.settled().orElseThrow(), tracker, epoch))
                .isLessThan(Duration.ofMinutes(2));
        assertThat(distanceFromSettlement(past.forfeited().orElseThrow(), tracker, epoch + 2))
                .isLessThan(Duration.ofMinutes(2));
        tracker.api.pastEpoch(tracker.client, epoch);
        assertThat(tracker.endpoint.requestCount(EndpointRoute.CURRENT_EPOCH)).isEqualTo(1);
        assertThat(tracker.endpoint.requestCount(EndpointRoute.PAST_EPOCH))
                .as("the epoch twice, and once the epoch whose settlement forfeits")
                .isEqualTo(3);
    }

    @Test
    void versionsSettlementByResponseTime() {
        long epoch = newestSettled(tracker);
        Instant first = tracker.api.pastEpoch(tracker.client, epoch).observedAt();
        tracker.clock.advance(Duration.ofHours(1));
        assertThat(tracker.api.pastEpoch(tracker.client, epoch).observedAt())
                .isEqualTo(first.plus(Duration.ofHours(1)));
        tracker.endpoint.injectFaults(EndpointFault.STALE_DATA);
        assertThat(tracker.api.pastEpoch(tracker.client, epoch).observedAt())
                .isEqualTo(first.plus(Duration.ofMinutes(15)));
    }

    @Test
    void runningEpochIsUnsettled() {
        for (TrackerTypeFixture fixture : new TrackerTypeFixture[] {tracker, node}) {
            long epoch = fixture.read().epoch();
            PastEpoch past = fixture.api.pastEpoch(fixture.client, epoch);
            assertThat(past.settled()).isEmpty();
            assertThat(past.forfeited()).isEmpty();
            assertThat(fixture.api.nodeResult(
                            fixture.client, past, fixture.members(epoch).get(0)))
                    .isEmpty();
        }
    }

    @Test
    void gonkaNodeKnowsSettlementFromItsBlock() {
        long epoch = node.read().epoch();
        long settlement = node.calendar.settlementHeight(epoch);
        node.clock.setTo(node.calendar.blockTime(settlement).minusMillis(1));
        assertThat(node.api.pastEpoch(node.client, epoch).settled()).isEmpty();
        node.clock.setTo(node.calendar.blockTime(settlement));
        PastEpoch past = node.api.pastEpoch(node.client, epoch);
        assertThat(past.settled()).contains(blockOfSettlement(node, epoch));
        assertThat(node.api.nodeResult(node.client, past, node.members(epoch).get(0)))
                .isPresent();
    }

    @Test
    void requestsSettlementBlockOnce() {
        long epoch = newestSettled(node);
        node.api.pastEpoch(node.client, epoch);
        node.api.pastEpoch(node.client, epoch);
        assertThat(node.endpoint.requestCount(EndpointRoute.BLOCK)).isEqualTo(1);
        assertThat(node.endpoint.requestCount(EndpointRoute.ACTIVE_SET))
                .as("the epoch twice, the next one once")
                .isEqualTo(3);
    }

    @Test
    void readsResultsAtPinnedHeight() {
        long epoch = newestSettled(node);
        node.moveTo(node.calendar.settlementHeight(epoch) + 1);
        PastEpoch early = node.api.pastEpoch(node.client, epoch);
        node.moveTo(node.calendar.settlementHeight(epoch) + 10_000);
        PastEpoch late = node.api.pastEpoch(node.client, epoch);
        assertThat(claims(node, early)).isZero();
        assertThat(claims(node, late)).isPositive();
    }

    @Test
    void nonMemberHasNoResult() {
        for (TrackerTypeFixture fixture : new TrackerTypeFixture[] {tracker, node}) {
            PastEpoch past = fixture.api.pastEpoch(fixture.client, newestSettled(fixture));
            assertThat(fixture.api.nodeResult(fixture.client, past, NodeIdentifier.parse(STRANGER)))
                    .isEmpty();
        }
    }

    @Test
    void rejectsEpochWithoutMembers() {
        for (TrackerTypeFixture fixture : new TrackerTypeFixture[] {tracker, node}) {
            fixture.read();
            fixture.endpoint.injectFaults(EndpointFault.EMPTY_PARTICIPANTS);
            assertThatThrownBy(() -> fixture.api.pastEpoch(fixture.client, newestSettled(fixture)))
                    .isInstanceOfSatisfying(
                            TrackerRequestException.class,
                            e -> assertThat(e.reason()).isEqualTo(RequestFailureReason.UNUSABLE));
        }
    }

    @Test
    void rejectsUnknownEpoch() {
        for (TrackerTypeFixture fixture : new TrackerTypeFixture[] {tracker, node}) {
            assertThatThrownBy(() -> fixture.api.pastEpoch(fixture.client, 9_999))
                    .isInstanceOfSatisfying(
                            TrackerRequestException.class,
                            e -> assertThat(e.reason()).isEqualTo(RequestFailureReason.REFUSED));
        }
    }

    private static long claims(TrackerTypeFixture fixture, PastEpoch past) {
        return past.members().stream()
                .map(member ->
                        fixture.api.nodeResult(fixture.client, past, member).orElseThrow())
                .filter(result -> ((RewardedResult) result).claimed())
                .count();
    }

    private static long newestSettled(TrackerTypeFixture fixture) {
        return fixture.calendar.newestSettledEpoch(fixture.height());
    }

    private static SettlementTruth truth(TrackerTypeFixture fixture, NodeIdentifier member, long epoch) {
        return fixture.network
                .truth()
                .settlement(member, epoch, fixture.clock.instant().minusSeconds(30))
                .orElseThrow();
    }

    private static SettlementBlock blockOfSettlement(TrackerTypeFixture fixture, long epoch) {
        long height = fixture.calendar.settlementHeight(epoch);
        return new SettlementBlock(height, fixture.calendar.blockTime(height));
    }

    private static Duration distanceFromSettlement(SettlementBlock block, TrackerTypeFixture fixture, long epoch) {
        return Duration.between(blockOfSettlement(fixture, epoch).time(), block.time())
                .abs();
    }
}
