package io.gonkapulse.networksimulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.networksimulator.faults.EndpointFault;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class EndpointFaultTest {

    private static final Map<EndpointFault, Consumer<FaultFixture>> CHECKS = checks();

    @Test
    void everyNumberHasFault() {
        assertThat(Arrays.stream(EndpointFault.values())
                        .map(EndpointFault::number)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 27).boxed().toList());
    }

    @Test
    void everyFaultHasDescription() {
        assertThat(EndpointFault.values()).allMatch(fault -> fault.description().endsWith("."));
    }

    @ParameterizedTest
    @EnumSource
    void faultIsVisibleInResponse(EndpointFault fault) {
        Consumer<FaultFixture> check = CHECKS.getOrDefault(fault, EndpointFaultTest::uncheckedFault);
        try (FaultFixture fixture = new FaultFixture()) {
            check.accept(fixture);
        }
    }

    private static void uncheckedFault(FaultFixture fixture) {
        throw new AssertionError("Expected a check of each fault in one of the …FaultChecks");
    }

    private static Map<EndpointFault, Consumer<FaultFixture>> checks() {
        Map<EndpointFault, Consumer<FaultFixture>> checks = new EnumMap<>(EndpointFault.class);
        checks.putAll(TimeFaultChecks.all());
        checks.putAll(FieldFaultChecks.all());
        checks.putAll(WireFaultChecks.all());
        return checks;
    }
}
