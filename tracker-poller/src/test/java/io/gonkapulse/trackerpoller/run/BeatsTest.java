package io.gonkapulse.trackerpoller.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.testkit.network.SimulatedNetwork;
import io.gonkapulse.testkit.network.face.Face;
import io.gonkapulse.testkit.network.plan.NetworkPlan;
import io.gonkapulse.testkit.network.time.SteppedClock;
import io.gonkapulse.trackerpoller.fixtures.CollectingOutlet;
import io.gonkapulse.trackerpoller.own.HeldLease;
import io.gonkapulse.trackerpoller.poll.CurrentPoll;
import io.gonkapulse.trackerpoller.site.SiteSettings;
import io.gonkapulse.trackerpoller.site.Sites;
import io.gonkapulse.trackerpoller.source.gonkatracker.GonkaTracker;
import io.gonkapulse.trackerpoller.telling.PollLog;
import io.gonkapulse.trackerpoller.telling.PollLog.PollWatcher;
import io.gonkapulse.trackerpoller.tracker.Tracker;
import io.gonkapulse.trackerpoller.tracker.TrackerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The beats of a tracker that answers slowly, on the machine's own clock. */
class BeatsTest {

    private static final InstantSource CLOCK = InstantSource.system();
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final TrackerName DEMO = new TrackerName("demo");

    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final AtomicLong missed = new AtomicLong();
    private final List<Poll> polls = new CopyOnWriteArrayList<>();
    private final CollectingOutlet outlet = new CollectingOutlet();
    private final CountDownLatch never = new CountDownLatch(1);
    private final HttpServer server;
    private volatile Duration answersAfter = Duration.ZERO;
    private Thread thread = new Thread(() -> {});

    BeatsTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void startServer() {
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            mostAtOnce.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            try {
                never.await(answersAfter.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                underWay.decrementAndGet();
            }
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
        server.stop(0);
    }

    @Test
    void beatsThatPassDuringAPollAreSkippedAndCountedAndNoneIsMadeUpFor() {
        answersAfter = Duration.ofMillis(350);
        start(Duration.ofMillis(200));
        await().atMost(PATIENCE).until(() -> polls.size() >= 4);

        assertThat(mostAtOnce).hasValue(1);
        assertThat(missed.get()).isGreaterThanOrEqualTo(3);
        for (int i = 1; i < polls.size(); i++) {
            Instant before = polls.get(i - 1).startedAt();
            assertThat(Duration.between(before, polls.get(i).startedAt())).isGreaterThan(Duration.ofMillis(350));
        }
    }

    @Test
    void anOrderDoesNotWaitForTheNextBeat() {
        Beats beats = start(Duration.ofHours(1));
        beats.pollNow();
        await().atMost(PATIENCE).until(() -> polls.size() == 1);
        beats.pollNow();
        await().atMost(PATIENCE).until(() -> polls.size() == 2);
        assertThat(missed).hasValue(0);
    }

    @Test
    void aPollWhosePublishingFailedIsTriedAgainLongBeforeTheNextBeat() {
        SimulatedNetwork network = SimulatedNetwork.of(NetworkPlan.defaults().participants(10), CLOCK);
        try (Face face = network.openTracker()) {
            outlet.breakDown();
            start(Duration.ofHours(1), face.url());
            await().atMost(PATIENCE).until(() -> !polls.isEmpty());
            outlet.repair();
            await().atMost(PATIENCE).until(() -> polls.get(polls.size() - 1).outcome() == Outcome.OK);
        }
        assertThat(polls.get(0).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(polls.get(0).counts()).isEqualTo(new Poll.Counts(0, Map.of()));
        assertThat(polls.get(0).error()).contains("The outlet is broken");
        assertThat(polls.get(polls.size() - 1).counts().published())
                .isPositive()
                .isEqualTo(outlet.snapshots().size());
        assertThat(missed).hasValue(0);
    }

    @Test
    void aClockThatIsSetBackAnHourStopsNothing() {
        SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-01T12:00:00Z"));
        start(Duration.ofMillis(200), clock, url());
        awaitPolls(2, clock);
        clock.advance(Duration.ofHours(-1));
        awaitPolls(polls.size() + 2, clock);
        assertThat(polls.get(polls.size() - 1).startedAt()).isBefore(Instant.parse("2026-03-01T11:30:00Z"));
    }

    /** While the clock goes on. */
    private void awaitPolls(int count, SteppedClock clock) {
        await().atMost(PATIENCE).until(() -> {
            clock.advance(Duration.ofMillis(100));
            return polls.size() >= count;
        });
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Beats start(Duration interval) {
        return start(interval, url());
    }

    private Beats start(Duration interval, String url) {
        return start(interval, CLOCK, url);
    }

    private Beats start(Duration interval, InstantSource clock, String url) {
        PollLog log = new PollLog(clock);
        log.tell(new PollWatcher() {
            @Override
            public void polled(Poll poll) {}

            @Override
            public void missed(TrackerName tracker, long beats) {
                missed.addAndGet(beats);
            }
        });
        Beats beats = new Beats(
                settings(interval),
                new CurrentPoll(tracker(interval, clock, url), outlet, "test", clock),
                new Surroundings(
                        "test", outlet, order -> {}, HeldLease.on(clock), new Semaphore(1), log, clock, () -> {}),
                result -> polls.add(result.poll()));
        thread = new Thread(() -> {
            try {
                beats.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        return beats;
    }

    private Tracker tracker(Duration interval, InstantSource clock, String url) {
        SiteSettings reach =
                new SiteSettings(List.of(url), Duration.ofSeconds(2), Duration.ofSeconds(5), 1 << 20, 1_000, 4);
        return new Tracker(
                settings(interval),
                new GonkaTracker().source(),
                new Sites("demo", reach, clock, (site, outcome, took) -> {}));
    }

    private static TrackerSettings settings(Duration interval) {
        return new TrackerSettings(
                DEMO,
                "gonka-tracker",
                interval,
                true,
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                0,
                Duration.ofMinutes(15),
                Duration.ofHours(24),
                0,
                3);
    }
}
