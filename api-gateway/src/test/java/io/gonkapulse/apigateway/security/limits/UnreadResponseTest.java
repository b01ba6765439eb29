package io.gonkapulse.apigateway.security.limits;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Clients that send requests and do not read the responses. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class UnreadResponseTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final String LARGE_PAGE = "/api/v1/nodes?limit=500";
    private static final int MORE_THAN_PERMITS = 18;
    private static final int FEWER_THAN_PERMITS = 10;
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int PIPELINED = 25;

    private final TestDatabase database;
    private final TestGateway impatient;

    UnreadResponseTest(TestDatabase database) {
        this.database = database;
        GatewayTestData data = GatewayTestData.in(database);
        data.run("""
                insert into nodes (identifier, identifier_type, display_name)
                select 'gonka1node' || n, 'wallet', repeat('x', 100)
                  from generate_series(1, 500) n
                """);
        data.run("""
                insert into node_stats_cache (node_id, status, source, fetched_at)
                select id, 'healthy', 'one', '2026-03-10T12:00:00Z'
                  from nodes
                """);
        impatient = gateway("--gateway.write-timeout=1s");
    }

    @AfterAll
    void stop() {
        impatient.close();
    }

    @Test
    void nonReadersHoldNoPermit() throws IOException {
        try (TestGateway gateway = gateway("--gateway.write-timeout=10m", "--server.tomcat.connection-timeout=10m");
                NonReaders nonReaders = new NonReaders(gateway)) {
            nonReaders.request(MORE_THAN_PERMITS, LARGE_PAGE);
            await().atMost(TIMEOUT).until(() -> nonReaders.countBegun() >= 16);
            await().atMost(TIMEOUT).untilAsserted(() -> {
                for (int i = 0; i < 50; i++) {
                    assertThat(countInFlight(gateway)).isZero();
                    assertThat(gateway.send("GET", "/api/v1/network").statusCode())
                            .isEqualTo(200);
                }
            });
        }
    }

    @Test
    void closesConnectionsOfNonReaders() throws IOException {
        try (NonReaders nonReaders = new NonReaders(impatient)) {
            nonReaders.request(FEWER_THAN_PERMITS, LARGE_PAGE);

            await().atMost(TIMEOUT).until(nonReaders::areAllClosed);
            assertThat(countInFlight(impatient)).isZero();
        }
    }

    @Test
    void nonReaderOfFilesIsClosed() throws IOException {
        try (NonReaders nonReaders = new NonReaders(impatient)) {
            nonReaders.request(4, "/webjars/swagger-ui/swagger-ui-bundle.js");

            await().atMost(TIMEOUT).until(nonReaders::areAllClosed);
        }
    }

    @Test
    void clientWithManyUnreadResponsesIsShed() throws IOException {
        try (TestGateway gateway = gateway(
                        "--gateway.max-unread-response-size=8MB",
                        "--gateway.write-timeout=10m",
                        "--server.forward-headers-strategy=native");
                NonReaders nonReaders = new NonReaders(gateway)) {
            // Each of these pages counts as 256 kB, so the client may hold eight of them.
            nonReaders.request(FEWER_THAN_PERMITS, "/api/v1/nodes?limit=300");
            await().atMost(TIMEOUT)
                    .until(() -> gateway.send("GET", "/api/v1/network").statusCode() == 429);

            HttpResponse<String> rejected = gateway.send("GET", "/api/v1/network");
            assertThat(rejected.statusCode()).isEqualTo(429);
            assertThat(rejected.body()).contains("Too many unread responses", "\"code\":\"too_many_unread\"");
            assertThat(rejected.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(rejected.headers().firstValue("ETag")).isEmpty();
            assertThat(gateway.send("GET", "/api/v1/network", "X-Forwarded-For", "203.0.113.9")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void addressHasLimitedConnections() throws IOException {
        try (TestGateway gateway = gateway("--gateway.max-connections-per-address=3");
                NonReaders nonReaders = new NonReaders(gateway)) {
            for (int i = 0; i < 3; i++) {
                assertThat(statusLine(nonReaders.connect())).isEqualTo("HTTP/1.1 200 ");
            }

            assertThat(statusLine(nonReaders.connect())).isEmpty();
            assertThat(countRefused(gateway)).isOne();
            nonReaders.disconnect();
            await().atMost(ONE_MINUTE)
                    .until(() -> statusLine(nonReaders.connect()).equals("HTTP/1.1 200 "));
        }
    }

    @Test
    void trustedProxyHasUnlimitedConnections() throws IOException {
        try (TestGateway gateway =
                        gateway("--gateway.max-connections-per-address=3", "--server.forward-headers-strategy=native");
                NonReaders nonReaders = new NonReaders(gateway)) {
            for (int i = 0; i < 9; i++) {
                assertThat(statusLine(nonReaders.connect())).isEqualTo("HTTP/1.1 200 ");
            }
            assertThat(countRefused(gateway)).isZero();
        }
    }

    @Test
    void otherProxyHasLimitedConnections() throws IOException {
        try (TestGateway gateway = gateway(
                        "--gateway.max-connections-per-address=3",
                        "--server.forward-headers-strategy=native",
                        "--server.tomcat.remoteip.internal-proxies=192[.]0[.]2[.]1");
                NonReaders nonReaders = new NonReaders(gateway)) {
            for (int i = 0; i < 3; i++) {
                nonReaders.connect();
            }
            assertThat(statusLine(nonReaders.connect())).isEmpty();
        }
    }

    private TestGateway gateway(String... settings) {
        return TestGateway.start(database, SteppedClock.at(NOW), settings);
    }

    private static double countInFlight(TestGateway gateway) {
        return gateway.bean(MeterRegistry.class)
                .get("gonkapulse.gateway.requests.in.flight")
                .gauge()
                .value();
    }

    private static double countRefused(TestGateway gateway) {
        return gateway.bean(MeterRegistry.class)
                .get("gonkapulse.gateway.connections.refused")
                .counter()
                .count();
    }

    /** Returns an empty string if the connection was closed. */
    private static String statusLine(Socket socket) {
        try {
            socket.getOutputStream()
                    .write("GET /actuator/health/liveness HTTP/1.1\r\nHost: gateway\r\n\r\n".getBytes(US_ASCII));
            return new String(socket.getInputStream().readNBytes(13), US_ASCII);
        } catch (IOException e) {
            return "";
        }
    }

    /** Connections that send requests and do not read the responses. */
    private static final class NonReaders implements AutoCloseable {

        private final List<Socket> sockets = new ArrayList<>();
        private final URI address;

        NonReaders(TestGateway gateway) {
            this.address = URI.create(gateway.url());
        }

        void request(int connections, String path) throws IOException {
            byte[] requests = ("GET " + path + " HTTP/1.1\r\nHost: gateway\r\n\r\n")
                    .repeat(PIPELINED)
                    .getBytes(US_ASCII);
            for (int i = 0; i < connections; i++) {
                connect().getOutputStream().write(requests);
            }
        }

        /** The receive buffer is small, so that a response does not fit into the kernel's buffers. */
        Socket connect() throws IOException {
            Socket socket = new Socket();
            sockets.add(socket);
            socket.setReceiveBufferSize(4096);
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
            return socket;
        }

        long countBegun() throws IOException {
            long begun = 0;
            for (Socket socket : sockets) {
                begun += socket.getInputStream().available() > 0 ? 1 : 0;
            }
            return begun;
        }

        /** A write to a connection that the other side closed fails. */
        boolean areAllClosed() {
            return sockets.stream().allMatch(NonReaders::isClosed);
        }

        private static boolean isClosed(Socket socket) {
            try {
                socket.getOutputStream().write(' ');
                return false;
            } catch (IOException e) {
                return true;
            }
        }

        void disconnect() throws IOException {
            for (Socket socket : sockets) {
                socket.close();
            }
        }

        @Override
        public void close() throws IOException {
            disconnect();
        }
    }
}
