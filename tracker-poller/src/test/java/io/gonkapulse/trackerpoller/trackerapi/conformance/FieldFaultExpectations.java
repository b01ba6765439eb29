package io.gonkapulse.trackerpoller.trackerapi.conformance;

import static io.gonkapulse.trackerpoller.values.TestNodeCounters.changed;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse.EpochParticipant;
import io.gonkapulse.trackerpoller.trackerapi.SkipReason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Expected readings for faults of single fields. */
final class FieldFaultExpectations {

    private static final List<EndpointFault> WITHOUT_EFFECT = List.of(
            EndpointFault.COUNTERS_AS_STRINGS,
            EndpointFault.MISSING_INFERENCE_URL,
            EndpointFault.PRIVATE_INFERENCE_URL,
            EndpointFault.MIXED_NUMBER_TYPES,
            EndpointFault.WEIGHTS_AS_STRINGS,
            EndpointFault.COUNTERS_AS_NUMBERS,
            EndpointFault.ZEROS_MISSING,
            EndpointFault.ML_NODES_MISSING,
            EndpointFault.REPEATED_ML_NODE_IDS,
            EndpointFault.SEED_MISSING,
            EndpointFault.EPOCH_ID_MISSING,
            EndpointFault.EPOCH_GROUP_ID_MISSING,
            EndpointFault.NEW_FIELDS,
            EndpointFault.EXPONENT_NUMBERS,
            EndpointFault.NOT_A_NUMBER);

    private FieldFaultExpectations() {}

    static Map<EndpointFault, Consumer<TrackerTypeFixture>> all() {
        Map<EndpointFault, Consumer<TrackerTypeFixture>> checks = new EnumMap<>(EndpointFault.class);
        WITHOUT_EFFECT.forEach(fault -> checks.put(fault, EpochAssertions.unchangedBy(fault)));
        checks.put(
                EndpointFault.NULL_FLAGS,
                EpochAssertions.onlyForTrackers(EndpointFault.NULL_FLAGS, FieldFaultExpectations::nullFlags));
        checks.put(
                EndpointFault.JAILED_UNTIL_1970,
                EpochAssertions.onlyForTrackers(EndpointFault.JAILED_UNTIL_1970, FieldFaultExpectations::jailedUntil));
        checks.put(
                EndpointFault.UNKNOWN_STATUS, fixture -> status(fixture, EndpointFault.UNKNOWN_STATUS, "QUARANTINED"));
        checks.put(EndpointFault.EMPTY_STATUS, fixture -> status(fixture, EndpointFault.EMPTY_STATUS, null));
        checks.put(
                EndpointFault.MORE_VALIDATED_THAN_DONE,
                oddCounters(EndpointFault.MORE_VALIDATED_THAN_DONE, FieldFaultExpectations::moreValidated));
        checks.put(
                EndpointFault.MISSED_WITHOUT_WORK,
                oddCounters(EndpointFault.MISSED_WITHOUT_WORK, FieldFaultExpectations::missed));
        checks.put(
                EndpointFault.RATE_ABOVE_ONE,
                oddCounters(EndpointFault.RATE_ABOVE_ONE, FieldFaultExpectations::moreInvalidated));
        checks.put(EndpointFault.DUPLICATE_KEYS, fixture -> allMalformed(fixture, EndpointFault.DUPLICATE_KEYS));
        checks.put(EndpointFault.NEGATIVE_COUNTERS, fixture -> allMalformed(fixture, EndpointFault.NEGATIVE_COUNTERS));
        checks.put(EndpointFault.MALFORMED_PARTICIPANT, FieldFaultExpectations::malformedParticipant);
        return checks;
    }

    /** Null is not jailed. */
    private static void nullFlags(TrackerTypeFixture fixture) {
        EpochReading plain = fixture.read();
        EpochReading reading = fixture.read(EndpointFault.NULL_FLAGS);
        assertThat(plain.participants()).anyMatch(participant -> participant.status() == NodeStatus.JAILED);
        assertThat(reading.participants()).noneMatch(participant -> participant.status() == NodeStatus.JAILED);
        assertThat(reading.participants().stream().filter(FieldFaultExpectations::isNotJailed))
                .containsAll(plain.participants().stream()
                        .filter(FieldFaultExpectations::isNotJailed)
                        .toList());
        assertThat(reading.skipped()).isEqualTo(EpochReading.skipCounts(Map.of()));
    }

    private static boolean isNotJailed(EpochParticipant participant) {
        return participant.facts().jailedUntil() == null;
    }

    private static void jailedUntil(TrackerTypeFixture fixture) {
        assertThat(fixture.read().participants()).anyMatch(participant -> !isNotJailed(participant));
        EpochReading reading = fixture.read(EndpointFault.JAILED_UNTIL_1970);
        assertThat(reading.participants()).allMatch(FieldFaultExpectations::isNotJailed);
        EpochAssertions.assertTruth(fixture, reading);
    }

    private static void status(TrackerTypeFixture fixture, EndpointFault fault, @Nullable String word) {
        assertThat(fixture.read().participants())
                .anyMatch(participant -> "ACTIVE".equals(participant.facts().participantStatus()));
        EpochReading reading = fixture.read(fault);
        assertThat(reading.participants())
                .allMatch(participant -> Objects.equals(participant.facts().participantStatus(), word));
        EpochAssertions.assertTruth(fixture, reading);
    }

    /** Contradictory counters are passed on as reported. */
    private static Consumer<TrackerTypeFixture> oddCounters(EndpointFault fault, UnaryOperator<NodeCounters> change) {
        return fixture -> {
            EpochReading plain = fixture.read();
            EpochReading reading = fixture.read(fault);
            assertThat(reading.participants())
                    .isEqualTo(plain.participants().stream()
                            .map(participant -> new EpochParticipant(
                                    participant.node(),
                                    change.apply(participant.counters()),
                                    participant.status(),
                                    participant.facts()))
                            .toList())
                    .isNotEqualTo(plain.participants());
            assertThat(reading.skipped()).isEqualTo(plain.skipped());
        };
    }

    private static NodeCounters moreValidated(NodeCounters plain) {
        return changed(plain).validated(plain.inferences() + 5).build();
    }

    private static NodeCounters missed(NodeCounters plain) {
        return plain.inferences() > 0 ? plain : changed(plain).missed(3).build();
    }

    private static NodeCounters moreInvalidated(NodeCounters plain) {
        return changed(plain).invalidated(2 * plain.inferences()).build();
    }

    private static void allMalformed(TrackerTypeFixture fixture, EndpointFault fault) {
        EpochReading plain = fixture.read();
        EpochReading reading = fixture.read(fault);
        assertThat(reading.participants()).isEmpty();
        assertThat(reading.skipped())
                .isEqualTo(EpochReading.skipCounts(Map.of(
                        SkipReason.MALFORMED,
                        plain.participants().size(),
                        SkipReason.NOT_ACTIVE,
                        plain.skipped(SkipReason.NOT_ACTIVE))));
    }

    private static void malformedParticipant(TrackerTypeFixture fixture) {
        EpochReading plain = fixture.read();
        EpochReading reading = fixture.read(EndpointFault.MALFORMED_PARTICIPANT);
        int lost = plain.participants().size() - reading.participants().size();
        // The second entry of the set and the second of the list may be two nodes.
        assertThat(lost).isBetween(1, fixture.isTracker() ? 1 : 2);
        assertThat(plain.participants()).containsAll(reading.participants());
        assertThat(reading.skipped())
                .isEqualTo(EpochReading.skipCounts(Map.of(
                        SkipReason.MALFORMED, lost, SkipReason.NOT_ACTIVE, plain.skipped(SkipReason.NOT_ACTIVE))));
    }
}
