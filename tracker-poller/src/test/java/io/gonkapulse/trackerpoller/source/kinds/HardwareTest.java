package io.gonkapulse.trackerpoller.source.kinds;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.testkit.network.quirk.Quirk;
import io.gonkapulse.trackerpoller.source.Hardware;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What nodes run on, as both kinds tell it. */
class HardwareTest {

    @Test
    void bothKindsTellTheSame() {
        try (KindStage tracker = KindStage.tracker();
                KindStage node = KindStage.node()) {
            Map<NodeIdentifier, Optional<Hardware>> told = hardware(tracker);
            assertThat(told).isEqualTo(hardware(node));
            assertThat(told.values())
                    .as("some report nothing")
                    .contains(Optional.empty())
                    .anySatisfy(hardware ->
                            assertThat(hardware.orElseThrow().gpuCount()).isPositive());
            assertThat(told.values().stream().flatMap(Optional::stream).map(Hardware::gpuType))
                    .isSubsetOf("H100", "RTX 3090", "RTX 4090", "A100", "B200")
                    .contains("H100", "RTX 3090", "RTX 4090", "A100", "B200");
        }
    }

    @Test
    void machinesThatAreNotThereAreNotReported() {
        try (KindStage tracker = KindStage.tracker()) {
            tracker.face.show(Quirk.ML_NODES_MISSING);
            assertThat(hardware(tracker).values()).containsOnly(Optional.empty());
        }
    }

    private static Map<NodeIdentifier, Optional<Hardware>> hardware(KindStage stage) {
        return stage.members(stage.calendar.currentEpoch(stage.height())).stream()
                .collect(toMap(member -> member, member -> stage.source.hardware(stage.site, member)));
    }
}
