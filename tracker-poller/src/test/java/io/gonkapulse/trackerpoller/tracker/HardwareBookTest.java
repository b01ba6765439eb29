package io.gonkapulse.trackerpoller.tracker;

import static io.gonkapulse.testkit.messages.Messages.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.trackerpoller.source.Hardware;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HardwareBookTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final HardwareBook book = new HardwareBook();

    @Test
    void asksForEveryNodeOnceADayAndForAFewAtATime() {
        assertThat(book.due(List.of(node(1), node(2), node(3)), DAY, NOON, 2)).containsExactly(node(1), node(2));
        book.put(node(1), Optional.of(new Hardware("H100", 8)), NOON);
        book.put(node(2), Optional.empty(), NOON);
        assertThat(book.due(List.of(node(1), node(2), node(3)), DAY, NOON, 2)).containsExactly(node(3));
        assertThat(book.due(List.of(node(1), node(2)), DAY, NOON.plus(DAY), 2)).isEmpty();
        assertThat(book.due(List.of(node(1), node(2)), DAY, NOON.plus(DAY).plusMillis(1), 2))
                .containsExactly(node(1), node(2));
    }

    @Test
    void completesFactsThatDoNotSayTheirHardware() {
        book.put(node(1), Optional.of(new Hardware("H100", 8)), NOON);
        book.put(node(2), Optional.empty(), NOON);
        NodeFacts own = new NodeFacts("ACTIVE", 5L, "m", "d", "RTX 3090", 1L, null, null);

        assertThat(book.complete(node(1), NodeFacts.NONE))
                .isEqualTo(new NodeFacts(null, null, null, null, "H100", 8L, null, null));
        assertThat(book.complete(node(1), own)).isEqualTo(own);
        assertThat(book.complete(node(2), NodeFacts.NONE)).isEqualTo(NodeFacts.NONE);
        assertThat(book.complete(node(3), NodeFacts.NONE)).isEqualTo(NodeFacts.NONE);
    }

    @Test
    void keepsWhatWasToldWhenNothingIsToldAnyMore() {
        book.put(node(1), Optional.of(new Hardware("H100", 8)), NOON);
        book.put(node(1), Optional.empty(), NOON.plus(DAY));
        assertThat(book.complete(node(1), NodeFacts.NONE).gpuType()).isEqualTo("H100");
        assertThat(book.due(List.of(node(1)), DAY, NOON.plus(DAY), 1)).isEmpty();

        book.put(node(1), Optional.of(new Hardware("H200", 8)), NOON.plus(DAY));
        assertThat(book.complete(node(1), NodeFacts.NONE).gpuType()).isEqualTo("H200");
    }

    @Test
    void forgetsThoseWhoLeft() {
        book.put(node(1), Optional.of(new Hardware("H100", 8)), NOON);
        book.keepOnly(List.of(node(2)));
        assertThat(book.complete(node(1), NodeFacts.NONE)).isEqualTo(NodeFacts.NONE);
    }
}
