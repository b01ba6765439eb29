package io.gonkapulse.trackerpoller.source.kinds;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.testkit.network.quirk.Quirk;
import io.gonkapulse.trackerpoller.source.Participant;
import io.gonkapulse.trackerpoller.source.Skip;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/** What a source should have said. */
final class Expected {

    private Expected() {}

    /** Everybody of the epoch, with the counters and the health that they really had at the height. */
    static void truth(KindStage stage, Heard heard) {
        long height = requireNonNull(heard.height());
        assertThat(heard.byNode().keySet()).containsExactlyInAnyOrderElementsOf(stage.members(heard.epoch()));
        assertThat(heard.participants())
                .allSatisfy(participant -> assertThat(participant.counters())
                        .isEqualTo(stage.truth(participant.node(), heard.epoch(), height)));
        Instant minute = stage.calendar.blockTime(height);
        assertThat(heard.participants())
                .allSatisfy(
                        participant -> assertThat(participant.status()).isEqualTo(status(stage, participant, minute)));
        assertThat(heard.skipped()).isEqualTo(Heard.skips(Map.of(Skip.NOT_ACTIVE, notActive(stage, heard.epoch()))));
    }

    static NodeStatus status(KindStage stage, Participant participant, Instant minute) {
        return stage.isTracker()
                ? NodeStatus.valueOf(
                        stage.network.truth().health(participant.node(), minute).name())
                : NodeStatus.UNKNOWN;
    }

    /** A chain node lists everybody who ever took part. */
    static int notActive(KindStage stage, long epoch) {
        return stage.isTracker()
                ? 0
                : (int) stage.network.nodes().count() - stage.members(epoch).size();
    }

    /** The quirk changes nothing of what is understood. */
    static Consumer<KindStage> same(Quirk quirk) {
        return stage -> {
            Heard plain = stage.hear();
            assertThat(plain.participants()).isNotEmpty();
            assertThat(stage.hear(quirk)).isEqualTo(plain);
        };
    }

    /** For those quirks that only one of the kinds can show. */
    static Consumer<KindStage> forTrackers(Quirk quirk, Consumer<KindStage> check) {
        return stage -> (stage.isTracker() ? check : same(quirk)).accept(stage);
    }
}
