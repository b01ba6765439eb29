package io.gonkapulse.trackerpoller.trackerapi.conformance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse.EpochParticipant;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reads the running epoch of the same network through both tracker types. */
class CurrentEpochConformanceTest {

    @Test
    void bothTypesReportTruth() {
        try (TrackerTypeFixture tracker = TrackerTypeFixture.tracker();
                TrackerTypeFixture node = TrackerTypeFixture.node()) {
            EpochAssertions.assertTruth(tracker, tracker.read());
            EpochAssertions.assertTruth(node, node.read());
        }
    }

    @Test
    void bothTypesAgreeOnCommonFacts() {
        try (TrackerTypeFixture tracker = TrackerTypeFixture.tracker();
                TrackerTypeFixture node = TrackerTypeFixture.node()) {
            Map<?, EpochParticipant> exact = node.read().byNode();
            assertThat(tracker.read().participants()).isNotEmpty().allSatisfy(reported -> {
                NodeFacts facts = reported.facts();
                assertThat(requireNonNull(exact.get(reported.node())).facts())
                        .isEqualTo(new NodeFacts(
                                facts.participantStatus(),
                                facts.weight(),
                                facts.model(),
                                null,
                                null,
                                null,
                                null,
                                null));
                assertThat(facts.weight()).isPositive();
            });
        }
    }

    @Test
    void gonkaTrackerReportsNetwork() {
        try (TrackerTypeFixture tracker = TrackerTypeFixture.tracker()) {
            EpochReading reading = tracker.read();
            long height = requireNonNull(reading.height());
            assertThat(reading.network())
                    .isEqualTo(new NetworkFacts(
                            reading.epoch(),
                            height,
                            tracker.calendar.blockTime(height),
                            null,
                            null,
                            new BigDecimal("6.02"),
                            tracker.calendar.pocStart(reading.epoch() + 1)));
            assertThat(reading.observedAt()).isEqualTo(tracker.calendar.blockTime(height));
            assertThat(reading.fetchedAt()).isEqualTo(tracker.clock.instant());
        }
    }

    @Test
    void gonkaNodeReportsNetwork() {
        try (TrackerTypeFixture node = TrackerTypeFixture.node()) {
            EpochReading reading = node.read();
            assertThat(reading.network())
                    .isEqualTo(new NetworkFacts(
                            reading.epoch(),
                            node.height(),
                            node.calendar.blockTime(node.height()),
                            "Inference",
                            false,
                            null,
                            node.calendar.pocStart(reading.epoch() + 1)));
            assertThat(reading.observedAt()).isEqualTo(node.calendar.blockTime(node.height()));
        }
    }

    @Test
    void hidesDefaultNames() {
        try (TrackerTypeFixture tracker = TrackerTypeFixture.tracker()) {
            assertThat(tracker.read().participants())
                    .extracting(participant -> participant.facts().displayName())
                    .anyMatch(name -> name != null && name.startsWith("Pulse node № "))
                    .anyMatch(name -> name == null)
                    .noneMatch(name -> name != null && name.startsWith("gonkavaloper"));
        }
    }
}
