package io.gonkapulse.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.testkit.network.quirk.Quirk;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuirkTest {

    private static final Map<Quirk, Consumer<QuirkStage>> CHECKS = checks();

    @Test
    void everyNumberHasItsQuirk() {
        assertThat(Arrays.stream(Quirk.values()).map(Quirk::number).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 27).boxed().toList());
    }

    @Test
    void everyQuirkSaysWhatItIsInOneSentence() {
        assertThat(Quirk.values()).allMatch(quirk -> quirk.sentence().endsWith("."));
    }

    @ParameterizedTest
    @EnumSource
    void isSeenInAnAnswer(Quirk quirk) {
        Consumer<QuirkStage> check = CHECKS.getOrDefault(quirk, QuirkTest::uncheckedQuirk);
        try (QuirkStage stage = new QuirkStage()) {
            check.accept(stage);
        }
    }

    private static void uncheckedQuirk(QuirkStage stage) {
        throw new AssertionError("Expected a check of each quirk in one of the …QuirkChecks");
    }

    private static Map<Quirk, Consumer<QuirkStage>> checks() {
        Map<Quirk, Consumer<QuirkStage>> checks = new EnumMap<>(Quirk.class);
        checks.putAll(TimeQuirkChecks.all());
        checks.putAll(FieldQuirkChecks.all());
        checks.putAll(WireQuirkChecks.all());
        return checks;
    }
}
