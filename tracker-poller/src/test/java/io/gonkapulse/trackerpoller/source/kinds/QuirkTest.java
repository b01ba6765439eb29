package io.gonkapulse.trackerpoller.source.kinds;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.testkit.network.quirk.Quirk;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What comes of every quirk that a tracker or a chain node can show, over a real socket. */
class QuirkTest {

    private static final Map<Quirk, Consumer<KindStage>> CHECKS = checks();

    @Test
    void noQuirkIsWithoutACheck() {
        assertThat(CHECKS.keySet()).containsExactlyInAnyOrderElementsOf(Arrays.asList(Quirk.values()));
    }

    @ParameterizedTest
    @EnumSource
    void aTrackerIsUnderstoodInSpiteOf(Quirk quirk) {
        try (KindStage stage = KindStage.tracker()) {
            check(quirk, stage);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aChainNodeIsUnderstoodInSpiteOf(Quirk quirk) {
        try (KindStage stage = KindStage.node()) {
            check(quirk, stage);
        }
    }

    /** Whatever it was, it leaves nothing behind. */
    private static void check(Quirk quirk, KindStage stage) {
        requireNonNull(CHECKS.get(quirk)).accept(stage);
        Expected.truth(stage, stage.hear());
    }

    private static Map<Quirk, Consumer<KindStage>> checks() {
        Map<Quirk, Consumer<KindStage>> checks = new EnumMap<>(Quirk.class);
        checks.putAll(TimeQuirks.all());
        checks.putAll(FieldQuirks.all());
        checks.putAll(WireQuirks.all());
        return checks;
    }
}
