package io.gonkapulse.trackerpoller.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.testkit.network.SimulatedNetwork;
import io.gonkapulse.testkit.network.face.Face;
import io.gonkapulse.testkit.network.plan.NetworkPlan;
import io.gonkapulse.testkit.network.quirk.Quirk;
import io.gonkapulse.testkit.network.time.SteppedClock;
import io.gonkapulse.trackerpoller.site.SiteException.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the simulated network does to a client, as a client of this kind sees it. */
class FaceQuirkTest {

    private static final String CURRENT = "/api/v1/inference/current";
    private static final Duration DEADLINE = Duration.ofSeconds(4);

    private final SteppedClock clock = SteppedClock.at(Asking.START);
    private final SimulatedNetwork network =
            SimulatedNetwork.of(NetworkPlan.defaults().seed(7).participants(40), clock);
    private final Face odd = network.openTracker();
    private final Face sound = network.openTracker();

    @AfterEach
    void close() {
        odd.close();
        sound.close();
    }

    @ParameterizedTest
    @CsvSource({
        "HTML_WITH_STATUS_200, NOT_JSON, 1",
        "TOO_MANY_REQUESTS, REFUSED, 3",
        "TOO_MANY_REQUESTS_WITH_RETRY_AFTER, REFUSED, 1",
        "SERVICE_UNAVAILABLE, REFUSED, 3",
        "RESET_MID_BODY, BROKEN_OFF, 3",
        "TLS_FAILURE, TLS, 1",
        "REDIRECT_LOOP, REDIRECT, 1",
        "SLOW_DRIP, SLOW, 1"
    })
    void isNamedAndTheOtherAddressServes(Quirk quirk, Reason reason, int attempts) {
        odd.show(quirk);
        Asking alone = new Asking(clock, odd.url());
        SitesExhaustedException exhausted = alone.exhausted(DEADLINE, CURRENT);
        assertThat(exhausted.failures()).extracting(SiteException::reason).containsExactly(reason);
        assertThat(alone.outcomes().values()).containsExactly(attempts);

        Asking both = new Asking(clock, odd.url(), sound.url());
        assertThat(both.ask(Request.get(CURRENT), DEADLINE.multipliedBy(2))).startsWith("{");
        assertThat(sound.requests()).isEqualTo(1);
        assertThat(both.outcomes()).containsEntry("ok", 1);
    }

    /** Were it not ended it would never be. */
    @Test
    void anEndlessBodyIsEndedHoweverItIsCompressed() {
        odd.show(Quirk.ENDLESS_BODY);
        assertThat(new Asking(clock, odd.url()).exhausted(DEADLINE, CURRENT).failures())
                .extracting(SiteException::reason)
                .isSubsetOf(Reason.TOO_LONG, Reason.SLOW);
    }

    @Test
    void compressionAndMegabytesAreNoQuirksAtAll() {
        odd.show(Quirk.GZIP_UNASKED, Quirk.SEVERAL_MEGABYTES);
        Asking asking = new Asking(clock, new SiteSettings(List.of(odd.url()), DEADLINE, DEADLINE, 64_000_000, 100, 4));
        assertThat(asking.ask(CURRENT)).hasSizeGreaterThan(4_000_000);
    }

    @Test
    void anAddressThatIsGoneIsLeftUntilItIsBack() {
        Asking both = new Asking(clock, odd.url(), sound.url());
        odd.stop();
        assertThat(both.ask(CURRENT)).startsWith("{");
        odd.start();
        clock.advance(Duration.ofMinutes(1));
        assertThat(both.ask(CURRENT)).startsWith("{");
        assertThat(sound.requests()).isEqualTo(1);
        assertThat(odd.requests()).isEqualTo(1);
    }
}
