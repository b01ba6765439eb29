package io.gonkapulse.trackerpoller.telling;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.servicekit.meters.Meter;
import io.gonkapulse.testkit.messages.Messages;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PollerMetricsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PollerMetrics metrics = new PollerMetrics(meters);

    @Test
    void whatIsPublishedAndWhatIsSkippedIsAllThatWasNamed() {
        metrics.polled(Messages.poll()
                .outcome(Outcome.PARTIAL)
                .counts(7, Map.of("malformed", 2L, "twice", 1L))
                .build());
        metrics.polled(Messages.poll().failed("down").build());
        metrics.missed(new TrackerName("tracker"), 3);

        assertThat(count(Meter.PUBLISHED, "purpose", "current")).isEqualTo(7);
        assertThat(count(Meter.SKIPPED, "reason", "malformed")).isEqualTo(2);
        assertThat(count(Meter.SKIPPED, "reason", "twice")).isEqualTo(1);
        assertThat(count(Meter.POLLS, "outcome", "partial")).isEqualTo(1);
        assertThat(count(Meter.POLLS, "outcome", "failed")).isEqualTo(1);
        assertThat(count(Meter.BEATS_MISSED, "tracker", "tracker")).isEqualTo(3);
        assertThat(meters.get(Meter.STAGE.id()).tag("stage", "fetch").timer().count())
                .isEqualTo(2);
    }

    @Test
    void namesAndTagsAreThoseOfTheCatalogue() {
        metrics.polled(Messages.poll().counts(1, Map.of("malformed", 1L)).build());

        Map<String, List<String>> catalogue = Arrays.stream(Meter.values())
                .collect(Collectors.toMap(
                        Meter::id, meter -> meter.tags().stream().sorted().toList()));
        assertThat(meters.getMeters())
                .isNotEmpty()
                .allSatisfy(meter -> assertThat(catalogue.get(meter.getId().getName()))
                        .isEqualTo(meter.getId().getTags().stream()
                                .map(Tag::getKey)
                                .sorted()
                                .toList()));
        assertThat(meters.getMeters().stream()
                        .map(meter -> meter.getId().getName())
                        .collect(Collectors.toSet()))
                .isEqualTo(Set.of(
                        Meter.POLLS.id(),
                        Meter.PUBLISHED.id(),
                        Meter.SKIPPED.id(),
                        Meter.STAGE.id(),
                        Meter.BEATS_MISSED.id()));
    }

    private double count(Meter meter, String tag, String value) {
        return meters.get(meter.id()).tag(tag, value).counter().count();
    }
}
