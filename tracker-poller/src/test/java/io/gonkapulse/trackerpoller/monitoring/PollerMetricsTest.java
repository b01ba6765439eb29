package io.gonkapulse.trackerpoller.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.servicekit.observability.PulseMeter;
import io.gonkapulse.testkit.messages.TestMessages;
import io.gonkapulse.trackerpoller.fixtures.TestTracker;
import io.gonkapulse.trackerpoller.trackerapi.gonkatracker.GonkaTrackerType;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
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
    void countsPublishedAndSkipped() {
        metrics.onPoll(TestMessages.poll()
                .outcome(Outcome.PARTIAL)
                .counts(7, Map.of("malformed", 2L, "twice", 1L))
                .build());
        metrics.onPoll(TestMessages.poll().failed("down").build());
        metrics.onPollsSkipped(new TrackerName("tracker"), 3);

        assertThat(count(PulseMeter.SNAPSHOTS_PUBLISHED, "purpose", "current")).isEqualTo(7);
        assertThat(count(PulseMeter.PARTICIPANTS_SKIPPED, "reason", "malformed"))
                .isEqualTo(2);
        assertThat(count(PulseMeter.PARTICIPANTS_SKIPPED, "reason", "twice")).isEqualTo(1);
        assertThat(count(PulseMeter.POLLS, "outcome", "partial")).isEqualTo(1);
        assertThat(count(PulseMeter.POLLS, "outcome", "failed")).isEqualTo(1);
        assertThat(count(PulseMeter.POLLS_SKIPPED, "tracker", "tracker")).isEqualTo(3);
        assertThat(meters.get(PulseMeter.POLL_STAGE.id())
                        .tag("stage", "fetch")
                        .timer()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void showsCircuitsWhileAssigned() {
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));
        metrics.onAssigned(
                TestTracker.tracker(new GonkaTrackerType().createApi(), clock).at(List.of("http://127.0.0.1:9")));
        assertThat(meters.get(PulseMeter.CIRCUITS_OPEN.id())
                        .tag("tracker", "demo")
                        .gauge()
                        .value())
                .isZero();

        metrics.onRevoked(new TrackerName("demo"));
        assertThat(meters.find(PulseMeter.CIRCUITS_OPEN.id()).meters()).isEmpty();
    }

    @Test
    void matchesMeterCatalogue() {
        metrics.onPoll(TestMessages.poll().counts(1, Map.of("malformed", 1L)).build());

        Map<String, List<String>> catalogue = Arrays.stream(PulseMeter.values())
                .collect(Collectors.toMap(
                        PulseMeter::id, meter -> meter.tags().stream().sorted().toList()));
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
                        PulseMeter.POLLS.id(),
                        PulseMeter.SNAPSHOTS_PUBLISHED.id(),
                        PulseMeter.PARTICIPANTS_SKIPPED.id(),
                        PulseMeter.POLL_STAGE.id(),
                        PulseMeter.POLLS_SKIPPED.id()));
    }

    private double count(PulseMeter meter, String tag, String value) {
        return meters.get(meter.id()).tag(tag, value).counter().count();
    }
}
