package io.gonkapulse.trackerpoller.trackerapi;

import static io.gonkapulse.testkit.messages.TestMessages.node;
import static io.gonkapulse.trackerpoller.values.TestNodeFacts.facts;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.trackerpoller.trackerapi.NodeHardwareBuilder.NodeHardware;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HardwareCacheTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final HardwareCache cache = new HardwareCache();

    @Test
    void isDueOnceADayInBatches() {
        assertThat(cache.due(List.of(node(1), node(2), node(3)), DAY, NOON, 2)).containsExactly(node(1), node(2));
        cache.put(node(1), Optional.of(new NodeHardware("H100", 8)), NOON);
        cache.put(node(2), Optional.empty(), NOON);
        assertThat(cache.due(List.of(node(1), node(2), node(3)), DAY, NOON, 2)).containsExactly(node(3));
        assertThat(cache.due(List.of(node(1), node(2)), DAY, NOON.plus(DAY), 2)).isEmpty();
        assertThat(cache.due(List.of(node(1), node(2)), DAY, NOON.plus(DAY).plusMillis(1), 2))
                .containsExactly(node(1), node(2));
    }

    @Test
    void enrichesFactsWithoutHardware() {
        cache.put(node(1), Optional.of(new NodeHardware("H100", 8)), NOON);
        cache.put(node(2), Optional.empty(), NOON);
        NodeFacts own = facts().status("ACTIVE")
                .weight(5L)
                .models("m", "n")
                .displayName("d")
                .gpu("RTX 3090", 1)
                .build();

        assertThat(cache.enrich(node(1), NodeFacts.NONE))
                .isEqualTo(facts().gpu("H100", 8).build());
        assertThat(cache.enrich(node(1), own)).isEqualTo(own);
        assertThat(cache.enrich(node(2), NodeFacts.NONE)).isEqualTo(NodeFacts.NONE);
        assertThat(cache.enrich(node(3), NodeFacts.NONE)).isEqualTo(NodeFacts.NONE);
    }

    @Test
    void keepsHardwareWhenNoneIsReported() {
        cache.put(node(1), Optional.of(new NodeHardware("H100", 8)), NOON);
        cache.put(node(1), Optional.empty(), NOON.plus(DAY));
        assertThat(cache.enrich(node(1), NodeFacts.NONE).gpuType()).isEqualTo("H100");
        assertThat(cache.due(List.of(node(1)), DAY, NOON.plus(DAY), 1)).isEmpty();

        cache.put(node(1), Optional.of(new NodeHardware("H200", 8)), NOON.plus(DAY));
        assertThat(cache.enrich(node(1), NodeFacts.NONE).gpuType()).isEqualTo("H200");
    }

    @Test
    void dropsNodesThatLeft() {
        cache.put(node(1), Optional.of(new NodeHardware("H100", 8)), NOON);
        cache.retainOnly(List.of(node(2)));
        assertThat(cache.enrich(node(1), NodeFacts.NONE)).isEqualTo(NodeFacts.NONE);
    }
}
