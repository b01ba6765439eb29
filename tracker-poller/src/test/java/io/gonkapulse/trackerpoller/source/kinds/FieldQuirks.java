package io.gonkapulse.trackerpoller.source.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Counters;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.testkit.network.quirk.Quirk;
import io.gonkapulse.trackerpoller.source.Participant;
import io.gonkapulse.trackerpoller.source.Skip;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Quirks of how single fields are written. */
final class FieldQuirks {

    private static final List<Quirk> CHANGE_NOTHING = List.of(
            Quirk.COUNTERS_AS_STRINGS,
            Quirk.MISSING_INFERENCE_URL,
            Quirk.PRIVATE_INFERENCE_URL,
            Quirk.NUMBER_HERE_STRING_THERE,
            Quirk.WEIGHTS_AS_STRINGS,
            Quirk.COUNTERS_AS_NUMBERS,
            Quirk.ZEROS_MISSING,
            Quirk.ML_NODES_MISSING,
            Quirk.REPEATED_ML_NODE_IDS,
            Quirk.SEED_MISSING,
            Quirk.EPOCH_ID_MISSING,
            Quirk.EPOCH_GROUP_ID_MISSING,
            Quirk.NEW_FIELDS,
            Quirk.EXPONENT_NUMBERS,
            Quirk.NOT_A_NUMBER);

    private FieldQuirks() {}

    static Map<Quirk, Consumer<KindStage>> all() {
        Map<Quirk, Consumer<KindStage>> checks = new EnumMap<>(Quirk.class);
        CHANGE_NOTHING.forEach(quirk -> checks.put(quirk, Expected.same(quirk)));
        checks.put(Quirk.NULL_FLAGS, Expected.forTrackers(Quirk.NULL_FLAGS, FieldQuirks::nullFlags));
        checks.put(Quirk.JAILED_UNTIL_1970, Expected.forTrackers(Quirk.JAILED_UNTIL_1970, FieldQuirks::jailedUntil));
        checks.put(Quirk.UNKNOWN_STATUS, stage -> status(stage, Quirk.UNKNOWN_STATUS, "QUARANTINED"));
        checks.put(Quirk.EMPTY_STATUS, stage -> status(stage, Quirk.EMPTY_STATUS, null));
        checks.put(
                Quirk.MORE_VALIDATED_THAN_DONE,
                oddCounters(Quirk.MORE_VALIDATED_THAN_DONE, FieldQuirks::moreValidated));
        checks.put(Quirk.MISSED_WITHOUT_WORK, oddCounters(Quirk.MISSED_WITHOUT_WORK, FieldQuirks::missed));
        checks.put(Quirk.RATE_ABOVE_ONE, oddCounters(Quirk.RATE_ABOVE_ONE, FieldQuirks::moreInvalidated));
        checks.put(Quirk.DUPLICATE_KEYS, stage -> allMalformed(stage, Quirk.DUPLICATE_KEYS));
        checks.put(Quirk.NEGATIVE_COUNTERS, stage -> allMalformed(stage, Quirk.NEGATIVE_COUNTERS));
        checks.put(Quirk.MALFORMED_PARTICIPANT, FieldQuirks::malformedParticipant);
        return checks;
    }

    /** Null is not jailed. */
    private static void nullFlags(KindStage stage) {
        Heard plain = stage.hear();
        Heard heard = stage.hear(Quirk.NULL_FLAGS);
        assertThat(plain.participants()).anyMatch(participant -> participant.status() == NodeStatus.JAILED);
        assertThat(heard.participants()).noneMatch(participant -> participant.status() == NodeStatus.JAILED);
        assertThat(heard.participants().stream().filter(FieldQuirks::isNotJailed))
                .containsAll(plain.participants().stream()
                        .filter(FieldQuirks::isNotJailed)
                        .toList());
        assertThat(heard.skipped()).isEqualTo(Heard.skips(Map.of()));
    }

    private static boolean isNotJailed(Participant participant) {
        return participant.facts().jailedUntil() == null;
    }

    private static void jailedUntil(KindStage stage) {
        assertThat(stage.hear().participants()).anyMatch(participant -> !isNotJailed(participant));
        Heard heard = stage.hear(Quirk.JAILED_UNTIL_1970);
        assertThat(heard.participants()).allMatch(FieldQuirks::isNotJailed);
        Expected.truth(stage, heard);
    }

    private static void status(KindStage stage, Quirk quirk, @Nullable String word) {
        assertThat(stage.hear().participants())
                .anyMatch(participant -> "ACTIVE".equals(participant.facts().participantStatus()));
        Heard heard = stage.hear(quirk);
        assertThat(heard.participants())
                .allMatch(participant -> Objects.equals(participant.facts().participantStatus(), word));
        Expected.truth(stage, heard);
    }

    /** Counters that do not fit each other are what the tracker says, and handed on. */
    private static Consumer<KindStage> oddCounters(Quirk quirk, UnaryOperator<Counters> odd) {
        return stage -> {
            Heard plain = stage.hear();
            Heard heard = stage.hear(quirk);
            assertThat(heard.participants())
                    .isEqualTo(plain.participants().stream()
                            .map(participant -> new Participant(
                                    participant.node(),
                                    odd.apply(participant.counters()),
                                    participant.status(),
                                    participant.facts()))
                            .toList())
                    .isNotEqualTo(plain.participants());
            assertThat(heard.skipped()).isEqualTo(plain.skipped());
        };
    }

    private static Counters moreValidated(Counters plain) {
        return new Counters(
                plain.earned(), plain.inferences(), plain.missed(), plain.inferences() + 5, plain.invalidated());
    }

    private static Counters missed(Counters plain) {
        return plain.inferences() > 0
                ? plain
                : new Counters(plain.earned(), 0, 3, plain.validated(), plain.invalidated());
    }

    private static Counters moreInvalidated(Counters plain) {
        return new Counters(
                plain.earned(), plain.inferences(), plain.missed(), plain.validated(), 2 * plain.inferences());
    }

    private static void allMalformed(KindStage stage, Quirk quirk) {
        Heard plain = stage.hear();
        Heard heard = stage.hear(quirk);
        assertThat(heard.participants()).isEmpty();
        assertThat(heard.skipped())
                .isEqualTo(Heard.skips(Map.of(
                        Skip.MALFORMED, plain.participants().size(), Skip.NOT_ACTIVE, plain.skipped(Skip.NOT_ACTIVE))));
    }

    private static void malformedParticipant(KindStage stage) {
        Heard plain = stage.hear();
        Heard heard = stage.hear(Quirk.MALFORMED_PARTICIPANT);
        int lost = plain.participants().size() - heard.participants().size();
        // The second of the set and the second of the list, which may be two.
        assertThat(lost).isBetween(1, stage.isTracker() ? 1 : 2);
        assertThat(plain.participants()).containsAll(heard.participants());
        assertThat(heard.skipped())
                .isEqualTo(Heard.skips(Map.of(Skip.MALFORMED, lost, Skip.NOT_ACTIVE, plain.skipped(Skip.NOT_ACTIVE))));
    }
}
