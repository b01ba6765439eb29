package io.gonkapulse.trackerpoller.trackerapi.conformance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.networksimulator.faults.EndpointFault;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What comes of every quirk that a tracker or a chain node can show, over a real socket. */
class FaultConformanceTest {

    private static final Map<EndpointFault, Consumer<TrackerTypeFixture>> CHECKS = checks();

    @Test
    void checksEveryFault() {
        assertThat(CHECKS.keySet()).containsExactlyInAnyOrderElementsOf(Arrays.asList(EndpointFault.values()));
    }

    @ParameterizedTest
    @EnumSource
    void readsGonkaTrackerDespiteFault(EndpointFault quirk) {
        try (TrackerTypeFixture stage = TrackerTypeFixture.tracker()) {
            check(quirk, stage);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsGonkaNodeDespiteFault(EndpointFault quirk) {
        try (TrackerTypeFixture stage = TrackerTypeFixture.node()) {
            check(quirk, stage);
        }
    }

    /** Whatever it was, it leaves nothing behind. */
    private static void check(EndpointFault quirk, TrackerTypeFixture stage) {
        requireNonNull(CHECKS.get(quirk)).accept(stage);
        EpochAssertions.assertTruth(stage, stage.read());
    }

    private static Map<EndpointFault, Consumer<TrackerTypeFixture>> checks() {
        Map<EndpointFault, Consumer<TrackerTypeFixture>> checks = new EnumMap<>(EndpointFault.class);
        checks.putAll(TimeFaultExpectations.all());
        checks.putAll(FieldFaultExpectations.all());
        checks.putAll(WireFaultExpectations.all());
        return checks;
    }
}
