package io.gonkapulse.trackerpoller.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The faults of the simulated network, as the tracker's HTTP client classifies them. */
class SimulatedFaultTest {

    private static final String CURRENT = "/api/v1/inference/current";
    private static final Duration DEADLINE = Duration.ofSeconds(4);

    private final SteppedClock clock = SteppedClock.at(ClientFixture.START);
    private final SimulatedNetwork network =
            SimulatedNetwork.of(NetworkPlan.defaults().seed(7).participants(40), clock);
    private final SimulatedEndpoint faulty = network.openTracker();
    private final SimulatedEndpoint healthy = network.openTracker();

    @AfterEach
    void close() {
        faulty.close();
        healthy.close();
    }

    @ParameterizedTest
    @CsvSource({
        "HTML_WITH_STATUS_200, NOT_JSON, 1",
        "TOO_MANY_REQUESTS, REFUSED, 3",
        "TOO_MANY_REQUESTS_WITH_RETRY_AFTER, REFUSED, 1",
        "SERVICE_UNAVAILABLE, REFUSED, 3",
        "RESET_MID_BODY, BROKEN_OFF, 3",
        "TLS_FAILURE, TLS, 1",
        "REDIRECT_LOOP, REDIRECT, 1"
    })
    void classifiesFaultAndFailsOver(EndpointFault fault, RequestFailureReason reason, int attempts) {
        assertClassifiedAndFailedOver(fault, reason, attempts, DEADLINE, DEADLINE.multipliedBy(2));
    }

    /** Its body ends after the deadline only. */
    @Test
    @Tag("slow")
    void abortsSlowBodyAndFailsOver() {
        assertClassifiedAndFailedOver(
                EndpointFault.SLOW_BODY, RequestFailureReason.SLOW, 1, Duration.ofSeconds(2), Duration.ofSeconds(12));
    }

    private void assertClassifiedAndFailedOver(
            EndpointFault fault,
            RequestFailureReason reason,
            int attempts,
            Duration deadline,
            Duration sharedDeadline) {
        faulty.injectFaults(fault);
        ClientFixture alone = new ClientFixture(clock, faulty.url());
        AllAddressesFailedException exhausted = alone.exhausted(deadline, CURRENT);
        assertThat(exhausted.failures())
                .extracting(TrackerRequestException::reason)
                .containsExactly(reason);
        assertThat(alone.outcomes().values()).containsExactly(attempts);

        ClientFixture both = new ClientFixture(clock, faulty.url(), healthy.url());
        assertThat(both.get(TrackerRequest.get(CURRENT), sharedDeadline)).startsWith("{");
        assertThat(healthy.requestCount()).isEqualTo(1);
        assertThat(both.outcomes()).containsEntry("ok", 1);
    }

    /** Without a limit the body would never end. */
    @Test
    void abortsEndlessBody() {
        faulty.injectFaults(EndpointFault.ENDLESS_BODY);
        assertThat(new ClientFixture(clock, faulty.url())
                        .exhausted(DEADLINE, CURRENT)
                        .failures())
                .extracting(TrackerRequestException::reason)
                .isSubsetOf(RequestFailureReason.TOO_LONG, RequestFailureReason.SLOW);
    }

    @Test
    void acceptsCompressionAndLargeBodies() {
        faulty.injectFaults(EndpointFault.GZIP_UNREQUESTED, EndpointFault.SEVERAL_MEGABYTES);
        ClientFixture fixture = new ClientFixture(
                clock, TestTrackerClientSettings.settings(faulty.url()).bodyLimit(64_000_000));
        assertThat(fixture.get(CURRENT)).hasSizeGreaterThan(4_000_000);
    }

    @Test
    void failsOverUntilAddressReturns() {
        ClientFixture both = new ClientFixture(clock, faulty.url(), healthy.url());
        faulty.stop();
        assertThat(both.get(CURRENT)).startsWith("{");
        faulty.start();
        clock.advance(Duration.ofMinutes(1));
        assertThat(both.get(CURRENT)).startsWith("{");
        assertThat(healthy.requestCount()).isEqualTo(1);
        assertThat(faulty.requestCount()).isEqualTo(1);
    }
}
