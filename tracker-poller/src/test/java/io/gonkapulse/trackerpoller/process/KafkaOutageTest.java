package io.gonkapulse.trackerpoller.process;

import static io.gonkapulse.trackerpoller.process.PublishedTopics.end;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.networksimulator.EndpointRoute;
import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import io.gonkapulse.testkit.junit.DedicatedBroker;
import io.gonkapulse.testkit.junit.MeasurementFile;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A poller starts without a broker, polls once there is one, and survives an outage during a poll. */
@RealInfrastructure
@Tag("process")
@Timeout(300)
class KafkaOutageTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final int PARTICIPANTS = 3_000;

    private final MeasurementFile measurements = MeasurementFile.of(KafkaOutageTest.class);
    private final InstantSource clock = InstantSource.system();
    private final SimulatedNetwork network =
            SimulatedNetwork.of(NetworkPlan.defaults().participants(PARTICIPANTS), clock);
    private final SimulatedEndpoint tracker = network.openTracker();
    private final DedicatedBroker broker;

    KafkaOutageTest(DedicatedBroker broker) {
        this.broker = broker;
    }

    @AfterEach
    void close() {
        tracker.close();
    }

    @Test
    void survivesKafkaOutage() throws IOException {
        broker.stop();
        try (PollerProcess poller = PollerProcess.start(PollerEnvironment.of(broker)
                .tracker("demo", tracker)
                .ofTracker("INTERVAL", "2s")
                .ofTracker("POLL_DEADLINE", "2s"))) {
            assertNotReady(poller);
            broker.start();
            awaitReady(poller);
            try (PublishedTopics topics = new PublishedTopics(broker)) {
                awaitPolls(topics, 2, Instant.MIN);
                assertHealthListsTrackers(poller);
                assertMetersPublished(poller);
                assertSurvivesRestartDuringPoll(poller, topics);
            }
        }
    }

    private static void assertNotReady(PollerProcess poller) {
        HttpResponse<String> readiness = poller.get("/actuator/health/readiness");
        assertThat(readiness.statusCode()).isEqualTo(503);
        assertThat(readiness.body())
                .contains("\"status\":\"OUT_OF_SERVICE\"", "No response from Kafka's group coordinator");
        assertThat(poller.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    }

    private static void awaitReady(PollerProcess poller) {
        await().atMost(TIMEOUT)
                .until(() -> poller.get("/actuator/health/readiness").statusCode() == 200);
    }

    private void assertHealthListsTrackers(PollerProcess poller) {
        assertThat(poller.get("/actuator/health").body())
                .contains("\"demo\":{", "\"lastSuccess\":\"2", "\"outcome\":\"OK\"")
                .contains("\"url\":\"" + tracker.url() + "\"", "\"circuit\":\"closed\"");
    }

    private static void assertMetersPublished(PollerProcess poller) {
        assertThat(poller.get("/actuator/prometheus").body())
                .contains("gonkapulse_poller_polls_total{", "outcome=\"ok\"", "tracker=\"demo\"")
                .contains("gonkapulse_poller_snapshots_published_total{")
                .contains("gonkapulse_poller_stage_seconds_count{", "gonkapulse_poller_requests_seconds_count{")
                .containsPattern("gonkapulse_poller_trackers_assigned\\{.*} 1\\.0")
                .containsPattern("gonkapulse_poller_backfill_remaining\\{.*} 0\\.0");
    }

    private void assertSurvivesRestartDuringPoll(PollerProcess poller, PublishedTopics topics) {
        long before = tracker.requestCount(EndpointRoute.CURRENT_EPOCH);
        await().atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> tracker.requestCount(EndpointRoute.CURRENT_EPOCH) > before);
        Instant stopped = clock.instant();
        broker.stop();
        await().atMost(TIMEOUT)
                .until(() -> poller.get("/actuator/health/readiness").statusCode() == 503);
        Instant started = clock.instant();
        broker.start();
        awaitReady(poller);
        awaitPolls(topics, 3, clock.instant());

        assertThat(poller.isAlive()).isTrue();
        poller.terminate();
        assertThat(topics.polls())
                .as("the interrupted poll has a record")
                .anyMatch(
                        poll -> poll.startedAt().isBefore(stopped) && end(poll).isAfter(stopped));
        assertPollsComplete(topics);
        measurements.add(
                "broker away for %s: %s",
                Duration.between(stopped, started),
                topics.pollsSince(stopped.minusSeconds(3)).stream()
                        .map(poll -> Duration.between(stopped, poll.startedAt()) + " " + poll.outcome() + " "
                                + poll.counts().published() + " " + poll.stages())
                        .toList());
    }

    private static void awaitPolls(PublishedTopics topics, int count, Instant since) {
        await().atMost(TIMEOUT)
                .until(() -> topics.pollsSince(since).stream()
                                .filter(poll -> poll.outcome() == Outcome.OK)
                                .count()
                        >= count);
    }

    private static void assertPollsComplete(PublishedTopics topics) {
        List<Poll> polls = topics.polls();
        Map<String, Long> snapshots = topics.snapshots().stream()
                .collect(groupingBy(snapshot -> snapshot.origin().pollId(), counting()));
        assertThat(polls).allSatisfy(poll -> {
            if (poll.outcome() == Outcome.FAILED) {
                assertThat(poll.error()).isNotNull();
                assertThat(poll.counts().published()).isZero();
            } else {
                assertThat(poll.counts().published()).isPositive();
                assertThat(snapshots).containsEntry(poll.pollId(), poll.counts().published());
            }
        });
        assertThat(polls).extracting(Poll::pollId).containsAll(snapshots.keySet());
    }
}
