package io.gonkapulse.trackerpoller.site;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.testkit.network.time.SteppedClock;
import io.gonkapulse.trackerpoller.site.SiteException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimeTest {

    private static final Duration IDLE = Asking.settings("http://127.0.0.1").idleTimeout();

    private final Stub stub = Stub.good();
    private final Asking asking = new Asking(SteppedClock.at(Asking.START), stub.url());

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void endsAnExchangeInWhichNothingComes() {
        stub.answers(Stub.silent());
        assertThat(asking.failures(Asking.PLENTY)).containsExactly(Reason.SLOW);
        assertThat(lastFailure(asking)).contains("nothing came for " + IDLE);
        assertThat(asking.outcomes()).isEqualTo(Map.of("slow", 1));
    }

    @Test
    void endsAnExchangeThatFallsSilentInTheMiddle() {
        stub.answers(Stub.stalled());
        assertThat(asking.failures(Asking.PLENTY)).containsExactly(Reason.SLOW);
        assertThat(lastFailure(asking)).contains("nothing came for " + IDLE);
    }

    /** It never ends by itself, and is never silent for as long as this one bears. */
    @Test
    void endsASlowDripAtTheDeadline() {
        stub.answers(Stub.dripping(0, Duration.ofMillis(50)));
        Asking patient = new Asking(SteppedClock.at(Asking.START), Asking.patient(stub.url()));
        assertThat(patient.failures(Duration.ofSeconds(1))).containsExactly(Reason.SLOW);
        assertThat(lastFailure(patient)).contains("no whole answer in the time that there was");
        assertThat(stub.times()).isEqualTo(1);
    }

    @Test
    void asksNobodyWhenThereIsNoTimeLeft() {
        assertThat(asking.failures(Duration.ZERO)).containsExactly(Reason.OUT_OF_TIME);
        assertThat(stub.times()).isZero();
        assertThat(asking.outcomes()).isEmpty();
    }

    @Test
    void leavesAnExchangeWhenInterrupted() throws Exception {
        stub.answers(Stub.silent());
        assertThat(interruptedOnce(() -> stub.times() == 1)).containsExactly(Reason.OUT_OF_TIME);
        assertThat(stub.times()).isEqualTo(1);
    }

    @Test
    void leavesAPauseBetweenTwoAttemptsWhenInterrupted() throws Exception {
        stub.answers(Stub.status(503, "Retry-After", "20"));
        assertThat(interruptedOnce(() -> stub.times() == 1))
                .doesNotContainNull()
                .hasSize(1);
        assertThat(stub.times()).isEqualTo(1);
    }

    @Test
    void asksNobodyElseWhenInterrupted() throws Exception {
        stub.answers(Stub.silent());
        try (Stub other = Stub.good()) {
            Asking both = new Asking(SteppedClock.at(Asking.START), Asking.patient(stub.url(), other.url()));
            assertThat(interruptedOnce(both, () -> stub.times() == 1))
                    .containsExactly(Reason.OUT_OF_TIME, Reason.OUT_OF_TIME);
            assertThat(other.times()).isZero();
        }
    }

    private List<Reason> interruptedOnce(Callable<Boolean> underWay) throws Exception {
        return interruptedOnce(new Asking(SteppedClock.at(Asking.START), Asking.patient(stub.url())), underWay);
    }

    /** What the call says that was interrupted, and only if it still knows that it was. */
    private static List<Reason> interruptedOnce(Asking asking, Callable<Boolean> underWay) throws Exception {
        CompletableFuture<List<Reason>> heard = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                List<Reason> reasons = asking.failures(Asking.PLENTY);
                heard.complete(Thread.currentThread().isInterrupted() ? reasons : List.of());
            } catch (RuntimeException | AssertionError e) {
                heard.completeExceptionally(e);
            }
        });
        caller.start();
        await().until(underWay);
        caller.interrupt();
        return heard.get(1, MINUTES);
    }

    private static String lastFailure(Asking asking) {
        return requireNonNull(asking.sites().states().get(0).lastFailure());
    }
}
