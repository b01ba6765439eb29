package io.gonkapulse.trackerpoller.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.networksimulator.http.LoopbackExchange;
import io.gonkapulse.networksimulator.http.RequestHead;
import io.gonkapulse.networksimulator.http.StubTrackerServer;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import io.gonkapulse.trackerpoller.fixtures.CollectingPublisher;
import io.gonkapulse.trackerpoller.monitoring.PollReporter;
import io.gonkapulse.trackerpoller.monitoring.PollReporter.PollListener;
import io.gonkapulse.trackerpoller.trackerapi.TestPollingSettings;
import io.gonkapulse.trackerpoller.trackerapi.TestTracker;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import io.gonkapulse.trackerpoller.trackerapi.gonkatracker.GonkaTrackerType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Polls a tracker whose responses take time on a clock that is stepped. */
class PollLoopTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final Duration STEP_INTERVAL = Duration.ofMillis(10);

    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-01T12:00:00Z"));
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger maxInFlight = new AtomicInteger();
    private final AtomicLong skipped = new AtomicLong();
    private final List<Poll> polls = new CopyOnWriteArrayList<>();
    private final CollectingPublisher publisher = new CollectingPublisher();
    private final StubTrackerServer server = StubTrackerServer.respondingWith(this::respondSlowly);
    private volatile Duration responseDelay = Duration.ZERO;
    private Thread thread = new Thread(() -> {});

    private void respondSlowly(RequestHead request, LoopbackExchange exchange) throws IOException {
        maxInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        Instant end = clock.instant().plus(responseDelay);
        boolean closed = false;
        while (!closed && clock.instant().isBefore(end)) {
            closed = exchange.awaitServerClose(STEP_INTERVAL);
        }
        inFlight.decrementAndGet();
        StubTrackerServer.statusResponse(404).handle(request, exchange);
    }

    @AfterEach
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
        server.close();
    }

    @Test
    void skipsAndCountsMissedPolls() {
        responseDelay = Duration.ofMillis(350);
        start(Duration.ofMillis(200));
        awaitPolls(4);

        assertThat(maxInFlight).hasValue(1);
        assertThat(skipped.get()).isGreaterThanOrEqualTo(3);
        for (int i = 1; i < polls.size(); i++) {
            Instant before = polls.get(i - 1).startedAt();
            assertThat(Duration.between(before, polls.get(i).startedAt())).isGreaterThan(Duration.ofMillis(350));
        }
    }

    @Test
    void pollNowDoesNotWait() {
        PollLoop loop = start(Duration.ofHours(1));
        loop.pollNow();
        await().atMost(TIMEOUT).until(() -> polls.size() == 1);
        loop.pollNow();
        await().atMost(TIMEOUT).until(() -> polls.size() == 2);
        assertThat(skipped).hasValue(0);
    }

    @Test
    @Tag("slow")
    void retriesSoonAfterFailedPublishing() {
        InstantSource realTime = InstantSource.system();
        SimulatedNetwork network = SimulatedNetwork.of(NetworkPlan.defaults().participants(10), realTime);
        try (SimulatedEndpoint endpoint = network.openTracker()) {
            publisher.fail();
            start(Duration.ofHours(1), realTime, endpoint.url());
            await().atMost(TIMEOUT).until(() -> !polls.isEmpty());
            publisher.recover();
            await().atMost(TIMEOUT).until(() -> polls.get(polls.size() - 1).outcome() == Outcome.OK);
        }
        assertThat(polls.get(0).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(polls.get(0).counts()).isEqualTo(new Poll.Counts(0, Map.of()));
        assertThat(polls.get(0).error()).contains("The publisher fails");
        assertThat(polls.get(polls.size() - 1).counts().published())
                .isPositive()
                .isEqualTo(publisher.snapshots().size());
        assertThat(skipped).hasValue(0);
    }

    @Test
    void keepsPollingAfterClockStepsBack() {
        start(Duration.ofMillis(200));
        awaitPolls(2);
        clock.advance(Duration.ofHours(-1));
        awaitPolls(polls.size() + 2);
        assertThat(polls.get(polls.size() - 1).startedAt()).isBefore(Instant.parse("2026-03-01T11:30:00Z"));
    }

    /** Advances the clock until enough polls ran. */
    private void awaitPolls(int count) {
        await().atMost(TIMEOUT).pollInterval(STEP_INTERVAL).until(() -> {
            clock.advance(Duration.ofMillis(100));
            return polls.size() >= count;
        });
    }

    private PollLoop start(Duration interval) {
        return start(interval, clock, server.url());
    }

    private PollLoop start(Duration interval, InstantSource source, String url) {
        Tracker tracker = TestTracker.tracker(new GonkaTrackerType().createApi(), source)
                .settings(TestPollingSettings.settings().interval(interval))
                .at(List.of(url));
        PollLoop loop = new PollLoop(
                tracker.settings(),
                new EpochPoller(tracker, publisher, "test", source),
                TestPollerContext.context(source)
                        .publisher(publisher)
                        .reporter(countingReporter(source))
                        .build(),
                result -> polls.add(result.poll()));
        thread = new Thread(() -> {
            try {
                loop.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        return loop;
    }

    private PollReporter countingReporter(InstantSource source) {
        PollReporter reporter = new PollReporter(source);
        reporter.addListener(new PollListener() {
            @Override
            public void onPoll(Poll poll) {}

            @Override
            public void onPollsSkipped(TrackerName tracker, long count) {
                skipped.addAndGet(count);
            }
        });
        return reporter;
    }
}
