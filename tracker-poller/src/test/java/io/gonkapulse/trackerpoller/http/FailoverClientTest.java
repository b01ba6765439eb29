package io.gonkapulse.trackerpoller.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.networksimulator.http.StubTrackerServer;
import io.gonkapulse.trackerpoller.http.FailoverClient.AddressState;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
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

class FailoverClientTest {

    private static final Duration COOL_DOWN = Duration.ofSeconds(31);

    private final SteppedClock clock = SteppedClock.at(ClientFixture.START);
    private final StubTrackerServer preferred = StubTrackerServer.returningJson();
    private final StubTrackerServer other = StubTrackerServer.returningJson();
    private final ClientFixture fixture = new ClientFixture(clock, preferred.url() + "/", other.url());

    @AfterEach
    void close() {
        preferred.close();
        other.close();
    }

    @Test
    void prefersFirstAddress() {
        assertThat(fixture.respondingUrl()).isEqualTo(preferred.url());
        assertThat(fixture.respondingUrl()).isEqualTo(preferred.url());
        assertThat(other.requestCount()).isZero();
    }

    @Test
    void returnsToPreferredAfterCoolDown() {
        preferred.respondWith(StubTrackerServer.textResponse("no json"));
        assertThat(fixture.respondingUrl()).isEqualTo(other.url());
        preferred.respondWith(StubTrackerServer.jsonResponse());
        assertThat(fixture.respondingUrl()).isEqualTo(other.url());
        assertThat(preferred.requestCount()).isEqualTo(1);
        clock.advance(COOL_DOWN);
        assertThat(fixture.respondingUrl()).isEqualTo(preferred.url());
    }

    @Test
    void triesCoolingAddressLast() {
        preferred.respondWith(StubTrackerServer.textResponse("no json"));
        fixture.respondingUrl();
        preferred.respondWith(StubTrackerServer.jsonResponse());
        other.respondWith(StubTrackerServer.textResponse("no json"));
        assertThat(fixture.respondingUrl()).isEqualTo(preferred.url());
    }

    @Test
    void opensCircuitAndFailsOver() {
        preferred.respondWith(StubTrackerServer.statusResponse(500));
        for (int i = 0; i < 5; i++) {
            assertThat(fixture.respondingUrl()).isEqualTo(other.url());
            clock.advance(Duration.ofSeconds(i < 2 ? 31 : 1));
        }
        assertThat(fixture.circuits()).containsExactly("open", "closed");
        int requestsBefore = preferred.requestCount();
        assertThat(fixture.respondingUrl()).isEqualTo(other.url());
        assertThat(preferred.requestCount()).isEqualTo(requestsBefore);
    }

    @Test
    void failsFastWhileAllCircuitsAreOpen() {
        preferred.respondWith(StubTrackerServer.statusResponse(500));
        other.respondWith(StubTrackerServer.statusResponse(500));
        fixture.exhausted(ClientFixture.LONG_TIMEOUT);
        assertThat(fixture.failures(ClientFixture.LONG_TIMEOUT))
                .as("the last response, although the circuits are open now")
                .containsExactly(RequestFailureReason.REFUSED, RequestFailureReason.REFUSED);
        assertThat(fixture.circuits()).containsExactly("open", "open");
        int requestsBefore = preferred.requestCount() + other.requestCount();

        AllAddressesFailedException notSent = fixture.exhausted(ClientFixture.LONG_TIMEOUT);
        assertThat(notSent.failures())
                .extracting(TrackerRequestException::reason)
                .containsExactly(RequestFailureReason.CIRCUIT_OPEN, RequestFailureReason.CIRCUIT_OPEN);
        assertThat(notSent.hasTrackerResponse()).isFalse();
        assertThat(preferred.requestCount() + other.requestCount()).isEqualTo(requestsBefore);

        clock.advance(COOL_DOWN);
        preferred.respondWith(StubTrackerServer.jsonResponse());
        assertThat(fixture.respondingUrl()).isEqualTo(preferred.url());
        assertThat(fixture.respondingUrl()).isEqualTo(preferred.url());
        assertThat(fixture.circuits()).containsExactly("closed", "open");
    }

    @Test
    void reportsReasonOfEachAddress() {
        preferred.respondWith(StubTrackerServer.statusResponse(404));
        other.respondWith(StubTrackerServer.textResponse("no json"));
        AllAddressesFailedException exhausted = fixture.exhausted(ClientFixture.LONG_TIMEOUT);
        assertThat(exhausted)
                .hasMessage("No address of somewhere gave a usable response: " + preferred.url() + ": status 404; "
                        + other.url() + ": expected JSON, got a web page, nothing, or something else");
        assertThat(exhausted.failures())
                .extracting(TrackerRequestException::reason)
                .containsExactly(RequestFailureReason.REFUSED, RequestFailureReason.NOT_JSON);
        assertThat(fixture.client().addressStates())
                .extracting(AddressState::lastFailure)
                .doesNotContainNull()
                .allMatch(words -> words.contains("http://127.0.0.1"));
    }

    @Test
    void failsOverOnUnusableResponse() {
        String usedUrl = fixture.client().execute(ClientFixture.START.plus(ClientFixture.LONG_TIMEOUT), address -> {
            ClientFixture.read(address, TrackerRequest.get("/"));
            if (address.url().equals(preferred.url())) {
                throw TrackerRequestException.of(RequestFailureReason.UNUSABLE, "no epoch in it");
            }
            return address.url();
        });
        assertThat(usedUrl).isEqualTo(other.url());
        AddressState state = fixture.client().addressStates().get(0);
        assertThat(state.lastFailure()).endsWith(preferred.url() + ": no epoch in it");
        assertThat(state.lastSuccess()).isNull();
        assertThat(fixture.client().addressStates().get(1).lastSuccess()).isEqualTo(ClientFixture.START);
    }

    @Test
    void propagatesForeignException() {
        IllegalStateException ours = new IllegalStateException("ours");
        assertThatThrownBy(() -> fixture.client()
                        .execute(ClientFixture.START.plus(ClientFixture.LONG_TIMEOUT), address -> {
                            throw ours;
                        }))
                .isSameAs(ours);
        assertThat(fixture.client().addressStates())
                .extracting(AddressState::lastFailure)
                .containsOnlyNulls();
    }

    @Test
    void leavesTimeForOtherAddresses() {
        preferred.respondWith(StubTrackerServer.silentResponse());
        assertThat(fixture.get(TrackerRequest.get("/"), Duration.ofSeconds(2))).isEqualTo(StubTrackerServer.JSON);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void servesFiftyConcurrentCalls(int good) throws Exception {
        try (StubTrackerServer bad = StubTrackerServer.respondingWith(StubTrackerServer.statusResponse(503));
                StubTrackerServer worse = StubTrackerServer.respondingWith(StubTrackerServer.brokenResponse())) {
            List<String> urls = new ArrayList<>(List.of(bad.url(), worse.url()));
            urls.add(good, other.url());
            ClientFixture many = new ClientFixture(clock, TestTrackerClientSettings.settings(urls));
            assertThat(callFifty(many::respondingUrl)).hasSize(50).containsOnly(other.url());
            assertThat(many.outcomes()).containsEntry("ok", 50);
        }
    }

    private static List<String> callFifty(Callable<String> call) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(50);
        try {
            List<String> responses = new ArrayList<>();
            for (Future<String> response : callers.invokeAll(Collections.nCopies(50, call))) {
                responses.add(response.get(30, SECONDS));
            }
            return responses;
        } finally {
            callers.shutdownNow();
        }
    }
}
