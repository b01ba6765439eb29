package io.gonkapulse.trackerpoller.process;

import static io.gonkapulse.trackerpoller.process.PublishedTopics.end;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.SnapshotOrigin;
import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import io.gonkapulse.testkit.junit.DedicatedBroker;
import io.gonkapulse.testkit.junit.MeasurementFile;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Two pollers and eight trackers. Whatever happens to one poller, each tracker is polled by one poller at a time. Tests
 * that end a poller come last, because the next test has to start it again.
 */
@RealInfrastructure
@Tag("process")
@Timeout(300)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class TrackerSharingTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    /** Their names are in seven of twelve partitions, so that each of two pollers gets some. */
    private static final Set<String> TRACKERS =
            IntStream.range(0, 8).mapToObj(i -> "t" + i).collect(toSet());

    private final MeasurementFile measurements = MeasurementFile.of(TrackerSharingTest.class);
    private final InstantSource clock = InstantSource.system();
    private final SimulatedNetwork network =
            SimulatedNetwork.of(NetworkPlan.defaults().participants(10), clock);
    private final List<SimulatedEndpoint> endpoints = List.of(network.openTracker(), network.openTracker());
    private final Map<String, PollerProcess> pollers = new HashMap<>();
    private final PollerEnvironment settings;
    private final PublishedTopics topics;

    TrackerSharingTest(DedicatedBroker broker) {
        KafkaTopic.TRACKER_TOPICS.forEach(topic -> broker.createTopic(topic.name(), topic.partitions()));
        PollerEnvironment all = PollerEnvironment.of(broker);
        for (String tracker : TRACKERS) {
            all = all.tracker(tracker, endpoints.get(tracker.hashCode() % endpoints.size()));
        }
        this.settings = all;
        this.topics = new PublishedTopics(broker);
    }

    @AfterAll
    void closeAll() throws IOException {
        for (PollerProcess poller : pollers.values()) {
            poller.close();
        }
        endpoints.forEach(SimulatedEndpoint::close);
        topics.close();
    }

    @BeforeEach
    void startBothPollers() throws IOException {
        for (String owner : List.of("one", "two")) {
            PollerProcess poller = pollers.get(owner);
            if (poller == null || !poller.isAlive()) {
                if (poller != null) {
                    poller.close();
                }
                pollers.put(owner, PollerProcess.start(settings.with("POLLER_OWNER", owner)));
            }
        }
        await().atMost(TIMEOUT).until(() -> new HashSet<>(owners().values()).equals(Set.of("one", "two")));
    }

    @Test
    @Order(1)
    void pollsEachTrackerOnce() {
        Instant since = clock.instant();
        Map<String, String> owners = owners();
        awaitPolls(TRACKERS, 3, since);
        assertThat(owners).containsOnlyKeys(TRACKERS);
        assertThat(topics.pollsSince(since))
                .allSatisfy(poll -> assertThat(poll.owner())
                        .isEqualTo(owners.get(poll.tracker().value())));
        assertNoOverlap(topics.pollsSince(since));
    }

    @Test
    void takesOverAfterKill() {
        Instant before = clock.instant();
        Set<String> orphans = trackersOf("two");
        Instant killed = clock.instant();
        poller("two").kill();

        awaitMove("killed", orphans, "one", killed);
        assertNoOverlap(topics.pollsSince(before));
    }

    @Test
    void handsOverOnTermination() {
        Instant before = clock.instant();
        Set<String> moved = trackersOf("one");
        Instant terminated = clock.instant();
        poller("one").terminate();

        awaitMove("terminated", moved, "two", terminated);
        assertNoOverlap(topics.pollsSince(before));
        await("each poll has a record")
                .atMost(TIMEOUT)
                .until(() -> unreportedPolls(before).isEmpty());
    }

    @Test
    @Order(2)
    void suspendedPollerStartsNoForeignPoll() {
        Instant before = clock.instant();
        Set<String> lost = trackersOf("two");
        Instant paused = clock.instant();
        poller("two").suspend();
        awaitMove("paused", lost, "one", paused);
        awaitPolls(lost, 3, clock.instant());

        Instant woken = clock.instant();
        poller("two").resume();
        await().atMost(TIMEOUT)
                .until(() -> topics.pollsSince(woken).stream()
                        .anyMatch(poll -> poll.owner().equals("two")));
        await().atMost(TIMEOUT).until(() -> new HashSet<>(owners().values()).equals(Set.of("one", "two")));

        List<Poll> cut = topics.pollsSince(before).stream()
                .filter(poll -> poll.owner().equals("two"))
                .filter(poll -> poll.startedAt().isBefore(woken) && end(poll).isAfter(woken))
                .toList();
        measurements.add("suspended for %s, polls in flight: %s", Duration.between(paused, woken), cut);
        assertThat(cut)
                .extracting(Poll::tracker)
                .as("at most the poll in flight of each tracker")
                .doesNotHaveDuplicates();
        List<Poll> others = new ArrayList<>(topics.pollsSince(before));
        others.removeAll(cut);
        assertNoOverlap(others);
        await("each poll has a record")
                .atMost(TIMEOUT)
                .until(() -> unreportedPolls(before).isEmpty());
    }

    /** The poller of the last three polls of each tracker; empty while any tracker changes its poller. */
    private Map<String, String> owners() {
        Map<String, String> owners = new HashMap<>();
        ownersByTracker(topics.polls()).forEach((tracker, turns) -> {
            List<String> last = turns.subList(Math.max(0, turns.size() - 3), turns.size());
            if (last.size() == 3 && new HashSet<>(last).size() == 1) {
                owners.put(tracker, last.get(0));
            }
        });
        return owners.keySet().equals(TRACKERS) ? owners : Map.of();
    }

    private static Map<String, List<String>> ownersByTracker(List<Poll> polls) {
        return polls.stream().collect(groupingBy(poll -> poll.tracker().value(), mapping(Poll::owner, toList())));
    }

    private Set<String> trackersOf(String owner) {
        return owners().entrySet().stream()
                .filter(owned -> owned.getValue().equals(owner))
                .map(Map.Entry::getKey)
                .collect(toSet());
    }

    private PollerProcess poller(String owner) {
        return requireNonNull(pollers.get(owner));
    }

    private void awaitPolls(Set<String> trackers, int count, Instant since) {
        await().atMost(TIMEOUT).until(() -> {
            Map<String, List<String>> turns = ownersByTracker(topics.pollsSince(since));
            return trackers.stream()
                    .allMatch(tracker -> turns.getOrDefault(tracker, List.of()).size() >= count);
        });
    }

    private void awaitPollsBy(String owner, Set<String> trackers, Instant since) {
        await().atMost(TIMEOUT).until(() -> {
            Map<String, List<String>> turns = ownersByTracker(topics.pollsSince(since));
            return trackers.stream()
                    .allMatch(tracker -> turns.getOrDefault(tracker, List.of()).contains(owner));
        });
    }

    /** Measures how long the new poller needed for its first poll of each tracker. */
    private void awaitMove(String what, Set<String> trackers, String owner, Instant since) {
        awaitPollsBy(owner, trackers, since);
        List<Duration> waits = trackers.stream()
                .map(tracker -> firstPollDelay(tracker, owner, since))
                .sorted()
                .toList();
        measurements.add("%s: %s trackers moved after %s", what, trackers.size(), waits);
    }

    private Duration firstPollDelay(String tracker, String owner, Instant since) {
        return topics.pollsSince(since).stream()
                .filter(poll ->
                        poll.tracker().value().equals(tracker) && poll.owner().equals(owner))
                .map(poll -> Duration.between(since, poll.startedAt()))
                .findFirst()
                .orElseThrow();
    }

    /** Checks the polls of each tracker. */
    private static void assertNoOverlap(List<Poll> polls) {
        Map<String, Poll> last = new HashMap<>();
        for (Poll poll : polls) {
            Poll before = last.put(poll.tracker().value(), poll);
            if (before != null) {
                assertThat(poll.startedAt())
                        .as("%s begins after %s has ended", poll, before)
                        .isAfterOrEqualTo(end(before));
            }
        }
    }

    /** Polls with snapshots but without a record. */
    private Set<String> unreportedPolls(Instant since) {
        Set<String> unreported = topics.snapshots().stream()
                .map(Snapshot::origin)
                .filter(origin -> origin.fetchedAt().isAfter(since))
                .map(SnapshotOrigin::pollId)
                .collect(toSet());
        topics.polls().forEach(poll -> unreported.remove(poll.pollId()));
        return unreported;
    }
}
