package io.gonkapulse.trackerpoller.trackerapi.conformance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.networksimulator.faults.EndpointFault;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads both tracker types with every fault, over a real socket. */
@Tag("slow")
class FaultConformanceTest {

    private static final Map<EndpointFault, Consumer<TrackerTypeFixture>> CHECKS = checks();

    @Test
    void checksEveryFault() {
        assertThat(CHECKS.keySet()).containsExactlyInAnyOrderElementsOf(Arrays.asList(EndpointFault.values()));
    }

    @ParameterizedTest
    @EnumSource
    void readsGonkaTrackerDespiteFault(EndpointFault fault) {
        try (TrackerTypeFixture fixture = TrackerTypeFixture.tracker()) {
            check(fault, fixture);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsGonkaNodeDespiteFault(EndpointFault fault) {
        try (TrackerTypeFixture fixture = TrackerTypeFixture.node()) {
            check(fault, fixture);
        }
    }

    /** A fault leaves nothing behind. */
    private static void check(EndpointFault fault, TrackerTypeFixture fixture) {
        requireNonNull(CHECKS.get(fault)).accept(fixture);
        EpochAssertions.assertTruth(fixture, fixture.read());
    }

    private static Map<EndpointFault, Consumer<TrackerTypeFixture>> checks() {
        Map<EndpointFault, Consumer<TrackerTypeFixture>> checks = new EnumMap<>(EndpointFault.class);
        checks.putAll(TimeFaultExpectations.all());
        checks.putAll(FieldFaultExpectations.all());
        checks.putAll(WireFaultExpectations.all());
        return checks;
    }
}
