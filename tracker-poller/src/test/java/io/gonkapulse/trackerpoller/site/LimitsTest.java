package io.gonkapulse.trackerpoller.site;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.testkit.network.time.SteppedClock;
import io.gonkapulse.trackerpoller.site.SiteException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {

    private final Stub stub = Stub.good();
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        callers.shutdownNow();
        stub.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "15, 30", "60, 90"})
    void asksNoFasterThanAllowed(int perSecond, int questions) throws Exception {
        Asking asking = limitedTo(perSecond, 8);
        long begin = System.nanoTime();
        assertThat(all(questions, () -> asking.ask("/"))).containsOnly(Stub.JSON);
        double seconds = (System.nanoTime() - begin) / 1e9;
        assertThat((questions - 2) / seconds).isLessThanOrEqualTo(perSecond);
        assertThat(asking.outcomes()).isEqualTo(Map.of("ok", questions));
    }

    @Test
    void asksNoMoreAtATimeThanAllowedAndAnswersEverybodyInTheEnd() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        stub.answers((request, exchange) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            exchange.closesWithin(Duration.ofMillis(20));
            now.decrementAndGet();
            Stub.json().respond(request, exchange);
        });
        Asking asking = limitedTo(10_000, 4);
        assertThat(all(40, () -> asking.ask("/"))).containsOnly(Stub.JSON);
        assertThat(most.get()).isBetween(2, 4);
    }

    @Test
    void whoCannotWaitForATurnDoesNotUseUpThoseOfOthers() throws Exception {
        Asking asking = limitedTo(1, 8);
        asking.ask("/");
        List<List<Reason>> given = all(30, () -> asking.failures(Duration.ofMillis(50)));
        assertThat(given).containsOnly(List.of(Reason.LIMITED));
        assertThat(asking.ask(Request.get("/"), Duration.ofSeconds(3))).isEqualTo(Stub.JSON);
        assertThat(stub.times()).isEqualTo(2);
        assertThat(asking.circuits()).containsExactly("closed");
    }

    @Test
    void waitsForAFreePlaceNoLongerThanToTheDeadline() throws Exception {
        stub.answers(Stub.silent());
        Asking asking = limitedTo(10_000, 1);
        Future<List<Reason>> occupying = callers.submit(() -> asking.failures(Asking.PLENTY));
        await().until(() -> stub.times() == 1);
        assertThat(asking.failures(Duration.ofMillis(300))).containsExactly(Reason.LIMITED);
        assertThat(occupying).as("the place is still taken").isNotDone();
        assertThat(occupying.get(1, MINUTES)).containsExactly(Reason.SLOW);
    }

    private Asking limitedTo(int perSecond, int atATime) {
        SiteSettings usual = Asking.settings(stub.url());
        return new Asking(
                SteppedClock.at(Asking.START),
                new SiteSettings(
                        usual.urls(),
                        usual.connectTimeout(),
                        Duration.ofSeconds(5),
                        usual.bodyLimit(),
                        perSecond,
                        atATime));
    }

    private <T> List<T> all(int times, Callable<T> call) throws Exception {
        List<T> results = new ArrayList<>();
        for (Future<T> result : callers.invokeAll(Collections.nCopies(times, call))) {
            results.add(result.get(1, MINUTES));
        }
        return results;
    }
}
