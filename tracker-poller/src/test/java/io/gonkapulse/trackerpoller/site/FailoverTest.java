package io.gonkapulse.trackerpoller.site;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.testkit.network.time.SteppedClock;
import io.gonkapulse.trackerpoller.site.SiteException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailoverTest {

    private static final Duration A_WHILE = Duration.ofSeconds(31);

    private final SteppedClock clock = SteppedClock.at(Asking.START);
    private final Stub preferred = Stub.good();
    private final Stub other = Stub.good();
    private final Asking asking = new Asking(clock, preferred.url() + "/", other.url());

    @AfterEach
    void close() {
        preferred.close();
        other.close();
    }

    @Test
    void thePreferredAddressIsAskedAsLongAsItIsGood() {
        assertThat(asking.askWhere()).isEqualTo(preferred.url());
        assertThat(asking.askWhere()).isEqualTo(preferred.url());
        assertThat(other.times()).isZero();
    }

    @Test
    void afterAFailureTheOtherOneIsAskedFirstUntilThePreferredOneComesHome() {
        preferred.answers(Stub.text("no json"));
        assertThat(asking.askWhere()).isEqualTo(other.url());
        preferred.answers(Stub.json());
        assertThat(asking.askWhere()).isEqualTo(other.url());
        assertThat(preferred.times()).isEqualTo(1);
        clock.advance(A_WHILE);
        assertThat(asking.askWhere()).isEqualTo(preferred.url());
    }

    @Test
    void aRestingAddressIsStillAskedWhenTheOthersFailToo() {
        preferred.answers(Stub.text("no json"));
        asking.askWhere();
        preferred.answers(Stub.json());
        other.answers(Stub.text("no json"));
        assertThat(asking.askWhere()).isEqualTo(preferred.url());
    }

    @Test
    void aStormOfErrorsOpensTheCircuitAndTheOtherAddressServes() {
        preferred.answers(Stub.status(500));
        for (int i = 0; i < 5; i++) {
            assertThat(asking.askWhere()).isEqualTo(other.url());
            clock.advance(Duration.ofSeconds(i < 2 ? 31 : 1));
        }
        assertThat(asking.circuits()).containsExactly("open", "closed");
        int asked = preferred.times();
        assertThat(asking.askWhere()).isEqualTo(other.url());
        assertThat(preferred.times()).isEqualTo(asked);
    }

    @Test
    void whenAllCircuitsAreOpenTheCallFailsFastAndClosesThemWhenTheyRecover() {
        preferred.answers(Stub.status(500));
        other.answers(Stub.status(500));
        asking.exhausted(Asking.PLENTY);
        assertThat(asking.failures(Asking.PLENTY))
                .as("what was heard last, though the circuits opened since")
                .containsExactly(Reason.REFUSED, Reason.REFUSED);
        assertThat(asking.circuits()).containsExactly("open", "open");
        int asked = preferred.times() + other.times();

        SitesExhaustedException unasked = asking.exhausted(Asking.PLENTY);
        assertThat(unasked.failures())
                .extracting(SiteException::reason)
                .containsExactly(Reason.CIRCUIT_OPEN, Reason.CIRCUIT_OPEN);
        assertThat(unasked.isAnswered()).isFalse();
        assertThat(preferred.times() + other.times()).isEqualTo(asked);

        clock.advance(A_WHILE);
        preferred.answers(Stub.json());
        assertThat(asking.askWhere()).isEqualTo(preferred.url());
        assertThat(asking.askWhere()).isEqualTo(preferred.url());
        assertThat(asking.circuits()).containsExactly("closed", "open");
    }

    @Test
    void everyAddressIsNamedWithItsReason() {
        preferred.answers(Stub.status(404));
        other.answers(Stub.text("no json"));
        SitesExhaustedException exhausted = asking.exhausted(Asking.PLENTY);
        assertThat(exhausted)
                .hasMessage("No address of somewhere had a usable answer: " + preferred.url() + ": status 404; "
                        + other.url() + ": expected JSON, got a web page, nothing, or something else");
        assertThat(exhausted.failures())
                .extracting(SiteException::reason)
                .containsExactly(Reason.REFUSED, Reason.NOT_JSON);
        assertThat(asking.sites().states())
                .extracting(SiteState::lastFailure)
                .doesNotContainNull()
                .allMatch(words -> words.contains("http://127.0.0.1"));
    }

    @Test
    void whatTheReaderFindsUnusableIsAskedForElsewhere() {
        String answered = asking.sites().first(Asking.START.plus(Asking.PLENTY), site -> {
            Asking.read(site, Request.get("/"));
            if (site.url().equals(preferred.url())) {
                throw SiteException.of(Reason.UNUSABLE, "no epoch in it");
            }
            return site.url();
        });
        assertThat(answered).isEqualTo(other.url());
        SiteState state = asking.sites().states().get(0);
        assertThat(state.lastFailure()).endsWith(preferred.url() + ": no epoch in it");
        assertThat(state.lastSuccess()).isNull();
        assertThat(asking.sites().states().get(1).lastSuccess()).isEqualTo(Asking.START);
    }

    @Test
    void aFailureThatIsNotOfTheSiteGoesThroughUnchanged() {
        IllegalStateException ours = new IllegalStateException("ours");
        assertThatThrownBy(() -> asking.sites().first(Asking.START.plus(Asking.PLENTY), site -> {
                    throw ours;
                }))
                .isSameAs(ours);
        assertThat(asking.sites().states()).extracting(SiteState::lastFailure).containsOnlyNulls();
    }

    @Test
    void anAddressThatNeverAnswersLeavesTimeForTheOthers() {
        preferred.answers(Stub.silent());
        assertThat(asking.ask(Request.get("/"), Duration.ofSeconds(2))).isEqualTo(Stub.JSON);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void fiftyCallsAtATimeSucceedIfAnyOneAddressIsGood(int good) throws Exception {
        try (Stub bad = Stub.that(Stub.status(503));
                Stub worse = Stub.that(Stub.brokenOff())) {
            List<String> urls = new ArrayList<>(List.of(bad.url(), worse.url()));
            urls.add(good, other.url());
            Asking many = new Asking(clock, Asking.patient(urls.toArray(String[]::new)));
            assertThat(fifty(many::askWhere)).hasSize(50).containsOnly(other.url());
            assertThat(many.outcomes()).containsEntry("ok", 50);
        }
    }

    private static List<String> fifty(Callable<String> call) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(50);
        try {
            List<String> answers = new ArrayList<>();
            for (Future<String> answer : callers.invokeAll(Collections.nCopies(50, call))) {
                answers.add(answer.get(30, SECONDS));
            }
            return answers;
        } finally {
            callers.shutdownNow();
        }
    }
}
