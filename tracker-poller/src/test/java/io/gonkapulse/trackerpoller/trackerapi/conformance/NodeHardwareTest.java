package io.gonkapulse.trackerpoller.trackerapi.conformance;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.trackerpoller.trackerapi.NodeHardwareBuilder.NodeHardware;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The hardware of nodes, read through both tracker types. */
class NodeHardwareTest {

    @Test
    void bothTypesReportSameHardware() {
        try (TrackerTypeFixture tracker = TrackerTypeFixture.tracker();
                TrackerTypeFixture node = TrackerTypeFixture.node()) {
            Map<NodeIdentifier, Optional<NodeHardware>> reported = hardware(tracker);
            assertThat(reported).isEqualTo(hardware(node));
            assertThat(reported.values())
                    .as("some nodes report nothing")
                    .contains(Optional.empty())
                    .anySatisfy(hardware ->
                            assertThat(hardware.orElseThrow().gpuCount()).isPositive());
            assertThat(reported.values().stream().flatMap(Optional::stream).map(NodeHardware::gpuType))
                    .isSubsetOf("H100", "RTX 3090", "RTX 4090", "A100", "B200")
                    .contains("H100", "RTX 3090", "RTX 4090", "A100", "B200");
        }
    }

    @Test
    void missingMachinesReportNothing() {
        try (TrackerTypeFixture tracker = TrackerTypeFixture.tracker()) {
            tracker.endpoint.injectFaults(EndpointFault.ML_NODES_MISSING);
            assertThat(hardware(tracker).values()).containsOnly(Optional.empty());
        }
    }

    private static Map<NodeIdentifier, Optional<NodeHardware>> hardware(TrackerTypeFixture fixture) {
        return fixture.members(fixture.calendar.currentEpoch(fixture.height())).stream()
                .collect(toMap(member -> member, member -> fixture.api.hardware(fixture.client, member)));
    }
}
