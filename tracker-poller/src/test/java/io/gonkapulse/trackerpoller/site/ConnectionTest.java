package io.gonkapulse.trackerpoller.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.testkit.network.time.SteppedClock;
import io.gonkapulse.trackerpoller.site.SiteException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionTest {

    @Test
    void tellsThatAHostIsNotKnown() {
        Asking asking = asking("http://nowhere.invalid");
        assertThat(asking.failures(Asking.PLENTY)).containsExactly(Reason.UNKNOWN_HOST);
        assertThat(asking.outcomes()).isEqualTo(Map.of("unknown_host", 1));
    }

    @Test
    void tellsThatNobodyListensAfterAskingAgain() throws IOException {
        Asking asking = asking("http://127.0.0.1:" + freePort());
        assertThat(asking.failures(Asking.PLENTY)).containsExactly(Reason.NO_CONNECTION);
        assertThat(asking.outcomes()).isEqualTo(Map.of("no_connection", 3));
    }

    @Test
    void tellsThatTheHandshakeFailed() {
        try (Stub stub = Stub.good()) {
            Asking asking = asking(stub.url().replace("http", "https"));
            assertThat(asking.failures(Asking.PLENTY)).containsExactly(Reason.TLS);
            assertThat(asking.outcomes()).isEqualTo(Map.of("tls", 1));
            assertThat(stub.times()).isZero();
        }
    }

    @Test
    void goesOnWithTheNextAddressAfterEach() throws IOException {
        try (Stub stub = Stub.good()) {
            Asking asking = asking(
                    "http://nowhere.invalid",
                    "http://127.0.0.1:" + freePort(),
                    stub.url().replace("http", "https"),
                    stub.url());
            assertThat(asking.askWhere()).isEqualTo(stub.url());
            assertThat(asking.outcomes()).isEqualTo(Map.of("unknown_host", 1, "no_connection", 3, "tls", 1, "ok", 1));
        }
    }

    @Test
    void reusesAConnection() {
        try (Stub stub = Stub.good()) {
            Asking asking = asking(stub.url());
            for (int i = 0; i < 5; i++) {
                assertThat(asking.ask("/" + i)).isEqualTo(Stub.JSON);
            }
            assertThat(stub.times()).isEqualTo(5);
            assertThat(stub.connections()).isEqualTo(1);
        }
    }

    private static Asking asking(String... urls) {
        return new Asking(SteppedClock.at(Asking.START), urls);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
