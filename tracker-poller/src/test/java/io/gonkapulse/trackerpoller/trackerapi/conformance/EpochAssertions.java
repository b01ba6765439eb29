package io.gonkapulse.trackerpoller.trackerapi.conformance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.trackerpoller.trackerapi.EpochParticipant;
import io.gonkapulse.trackerpoller.trackerapi.SkipReason;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/** What a source should have said. */
final class EpochAssertions {

    private EpochAssertions() {}

    /** Everybody of the epoch, with the counters and the health that they really had at the height. */
    static void assertTruth(TrackerTypeFixture stage, EpochReading heard) {
        long height = requireNonNull(heard.height());
        assertThat(heard.byNode().keySet()).containsExactlyInAnyOrderElementsOf(stage.members(heard.epoch()));
        assertThat(heard.participants())
                .allSatisfy(participant -> assertThat(participant.counters())
                        .isEqualTo(stage.truth(participant.node(), heard.epoch(), height)));
        Instant minute = stage.calendar.blockTime(height);
        assertThat(heard.participants())
                .allSatisfy(
                        participant -> assertThat(participant.status()).isEqualTo(status(stage, participant, minute)));
        assertThat(heard.skipped())
                .isEqualTo(EpochReading.skipCounts(Map.of(SkipReason.NOT_ACTIVE, notActive(stage, heard.epoch()))));
    }

    static NodeStatus status(TrackerTypeFixture stage, EpochParticipant participant, Instant minute) {
        return stage.isTracker()
                ? NodeStatus.valueOf(
                        stage.network.truth().health(participant.node(), minute).name())
                : NodeStatus.UNKNOWN;
    }

    /** A chain node lists everybody who ever took part. */
    static int notActive(TrackerTypeFixture stage, long epoch) {
        return stage.isTracker()
                ? 0
                : (int) stage.network.nodes().count() - stage.members(epoch).size();
    }

    /** The quirk changes nothing of what is understood. */
    static Consumer<TrackerTypeFixture> unchangedBy(EndpointFault quirk) {
        return stage -> {
            EpochReading plain = stage.read();
            assertThat(plain.participants()).isNotEmpty();
            assertThat(stage.read(quirk)).isEqualTo(plain);
        };
    }

    /** For those quirks that only one of the kinds can show. */
    static Consumer<TrackerTypeFixture> onlyForTrackers(EndpointFault quirk, Consumer<TrackerTypeFixture> check) {
        return stage -> (stage.isTracker() ? check : unchangedBy(quirk)).accept(stage);
    }
}
