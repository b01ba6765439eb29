package io.gonkapulse.trackerpoller.trackerapi.conformance;

import static io.gonkapulse.trackerpoller.values.TestNodeFacts.facts;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse.EpochParticipant;
import io.gonkapulse.trackerpoller.values.TestNetworkFacts;
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
                        .isEqualTo(facts().status(facts.participantStatus())
                                .weight(facts.weight())
                                .models(facts.models().toArray(String[]::new))
                                .build());
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
                    .isEqualTo(TestNetworkFacts.epoch(reading.epoch())
                            .block(height, tracker.calendar.blockTime(height))
                            .averageBlockSeconds("6.02")
                            .nextEpochHeight(tracker.calendar.pocStart(reading.epoch() + 1))
                            .build());
            assertThat(reading.observedAt()).isEqualTo(tracker.calendar.blockTime(height));
            assertThat(reading.fetchedAt()).isEqualTo(tracker.clock.instant());
        }
    }

    @Test
    void gonkaNodeReportsNetwork() {
        try (TrackerTypeFixture node = TrackerTypeFixture.node()) {
            EpochReading reading = node.read();
            assertThat(reading.network())
                    .isEqualTo(TestNetworkFacts.epoch(reading.epoch())
                            .block(node.height(), node.calendar.blockTime(node.height()))
                            .phase("Inference")
                            .catchingUp(false)
                            .nextEpochHeight(node.calendar.pocStart(reading.epoch() + 1))
                            .build());
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
