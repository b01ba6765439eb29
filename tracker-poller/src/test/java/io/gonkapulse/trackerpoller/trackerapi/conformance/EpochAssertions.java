package io.gonkapulse.trackerpoller.trackerapi.conformance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse.EpochParticipant;
import io.gonkapulse.trackerpoller.trackerapi.SkipReason;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/** Compares readings with the simulated network. */
final class EpochAssertions {

    private EpochAssertions() {}

    /** All members of the epoch, with their true counters and health at the height. */
    static void assertTruth(TrackerTypeFixture fixture, EpochReading reading) {
        long height = requireNonNull(reading.height());
        assertThat(reading.byNode().keySet()).containsExactlyInAnyOrderElementsOf(fixture.members(reading.epoch()));
        assertThat(reading.participants())
                .allSatisfy(participant -> assertThat(participant.counters())
                        .isEqualTo(fixture.truth(participant.node(), reading.epoch(), height)));
        Instant minute = fixture.calendar.blockTime(height);
        assertThat(reading.participants())
                .allSatisfy(participant ->
                        assertThat(participant.status()).isEqualTo(status(fixture, participant, minute)));
        assertThat(reading.skipped())
                .isEqualTo(EpochReading.skipCounts(Map.of(SkipReason.NOT_ACTIVE, notActive(fixture, reading.epoch()))));
    }

    static NodeStatus status(TrackerTypeFixture fixture, EpochParticipant participant, Instant minute) {
        return fixture.isTracker()
                ? NodeStatus.valueOf(fixture.network
                        .truth()
                        .health(participant.node(), minute)
                        .name())
                : NodeStatus.UNKNOWN;
    }

    /** A chain node lists all participants that ever existed. */
    static int notActive(TrackerTypeFixture fixture, long epoch) {
        return fixture.isTracker()
                ? 0
                : (int) fixture.network.nodes().count() - fixture.members(epoch).size();
    }

    /** The fault does not change the reading. */
    static Consumer<TrackerTypeFixture> unchangedBy(EndpointFault fault) {
        return fixture -> {
            EpochReading plain = fixture.read();
            assertThat(plain.participants()).isNotEmpty();
            assertThat(fixture.read(fault)).isEqualTo(plain);
        };
    }

    /** For faults of the gonka-tracker type only. */
    static Consumer<TrackerTypeFixture> onlyForTrackers(EndpointFault fault, Consumer<TrackerTypeFixture> check) {
        return fixture -> (fixture.isTracker() ? check : unchangedBy(fault)).accept(fixture);
    }
}
