package io.gonkapulse.trackerpoller.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.localservers.LoopbackPort;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.networksimulator.http.StubTrackerServer;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientConnectionTest {

    @Test
    void reportsUnknownHost() {
        ClientFixture fixture = fixture("http://nowhere.invalid");
        assertThat(fixture.failures(ClientFixture.LONG_TIMEOUT)).containsExactly(RequestFailureReason.UNKNOWN_HOST);
        assertThat(fixture.outcomes()).isEqualTo(Map.of("unknown_host", 1));
    }

    @Test
    void reportsRefusedConnectionAfterRetries() {
        ClientFixture fixture = fixture("http://127.0.0.1:" + LoopbackPort.findFree());
        assertThat(fixture.failures(ClientFixture.LONG_TIMEOUT)).containsExactly(RequestFailureReason.NO_CONNECTION);
        assertThat(fixture.outcomes()).isEqualTo(Map.of("no_connection", 3));
    }

    @Test
    void reportsTlsFailure() {
        try (StubTrackerServer stub = StubTrackerServer.returningJson()) {
            ClientFixture fixture = fixture(stub.url().replace("http", "https"));
            assertThat(fixture.failures(ClientFixture.LONG_TIMEOUT)).containsExactly(RequestFailureReason.TLS);
            assertThat(fixture.outcomes()).isEqualTo(Map.of("tls", 1));
            assertThat(stub.requestCount()).isZero();
        }
    }

    @Test
    void failsOverToNextAddress() {
        try (StubTrackerServer stub = StubTrackerServer.returningJson()) {
            ClientFixture fixture = fixture(
                    "http://nowhere.invalid",
                    "http://127.0.0.1:" + LoopbackPort.findFree(),
                    stub.url().replace("http", "https"),
                    stub.url());
            assertThat(fixture.respondingUrl()).isEqualTo(stub.url());
            assertThat(fixture.outcomes()).isEqualTo(Map.of("unknown_host", 1, "no_connection", 3, "tls", 1, "ok", 1));
        }
    }

    @Test
    void reusesConnection() {
        try (StubTrackerServer stub = StubTrackerServer.returningJson()) {
            ClientFixture fixture = fixture(stub.url());
            for (int i = 0; i < 5; i++) {
                assertThat(fixture.get("/" + i)).isEqualTo(StubTrackerServer.JSON);
            }
            assertThat(stub.requestCount()).isEqualTo(5);
            assertThat(stub.connections()).isEqualTo(1);
        }
    }

    private static ClientFixture fixture(String... urls) {
        return new ClientFixture(SteppedClock.at(ClientFixture.START), urls);
    }
}
