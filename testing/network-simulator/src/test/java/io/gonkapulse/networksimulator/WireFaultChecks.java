package io.gonkapulse.networksimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.networksimulator.faults.EndpointFault;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;

/** Checks how faults of status, bytes and connection appear to a client. */
final class WireFaultChecks {

    private static final String HELLO = "/api/v1/hello";

    private WireFaultChecks() {}

    static Map<EndpointFault, Consumer<FaultFixture>> all() {
        Map<EndpointFault, Consumer<FaultFixture>> checks = new EnumMap<>(EndpointFault.class);
        checks.put(EndpointFault.HTML_WITH_STATUS_200, WireFaultChecks::html);
        checks.put(EndpointFault.ENDLESS_BODY, fixture -> neverEnds(fixture, EndpointFault.ENDLESS_BODY));
        checks.put(EndpointFault.SLOW_BODY, fixture -> neverEnds(fixture, EndpointFault.SLOW_BODY));
        checks.put(EndpointFault.GZIP_UNREQUESTED, WireFaultChecks::gzip);
        checks.put(EndpointFault.SEVERAL_MEGABYTES, WireFaultChecks::megabytes);
        checks.put(EndpointFault.TRUNCATED_JSON, WireFaultChecks::truncated);
        checks.put(EndpointFault.INVALID_UTF8, WireFaultChecks::invalidUtf8);
        checks.put(
                EndpointFault.TOO_MANY_REQUESTS,
                fixture -> status(fixture, EndpointFault.TOO_MANY_REQUESTS, 429, false));
        checks.put(
                EndpointFault.TOO_MANY_REQUESTS_WITH_RETRY_AFTER,
                fixture -> status(fixture, EndpointFault.TOO_MANY_REQUESTS_WITH_RETRY_AFTER, 429, true));
        checks.put(
                EndpointFault.SERVICE_UNAVAILABLE,
                fixture -> status(fixture, EndpointFault.SERVICE_UNAVAILABLE, 503, false));
        checks.put(EndpointFault.REDIRECT_LOOP, WireFaultChecks::redirectLoop);
        checks.put(EndpointFault.TLS_FAILURE, WireFaultChecks::tls);
        checks.put(EndpointFault.RESET_MID_BODY, WireFaultChecks::reset);
        return checks;
    }

    private static void html(FaultFixture fixture) {
        assertThat(fixture.raw(fixture.tracker, HELLO).headers()).containsEntry("content-type", "application/json");
        StrictHttpClient.ResponseBody faulty = fixture.raw(fixture.tracker, HELLO, EndpointFault.HTML_WITH_STATUS_200);
        assertThat(faulty.status()).isEqualTo(200);
        assertThat(faulty.headers().get("content-type")).startsWith("text/html");
        assertThat(new String(faulty.bytes(), StandardCharsets.UTF_8)).contains("<html>");
    }

    private static void neverEnds(FaultFixture fixture, EndpointFault fault) {
        assertThat(fixture.raw(fixture.tracker, HELLO).status()).isEqualTo(200);
        assertThat(fixture.fails(fixture.tracker, FaultFixture.CURRENT, fault)).isTrue();
    }

    private static void gzip(FaultFixture fixture) {
        assertThat(fixture.raw(fixture.tracker, HELLO).headers()).doesNotContainKey("content-encoding");
        StrictHttpClient.ResponseBody faulty = fixture.raw(fixture.tracker, HELLO, EndpointFault.GZIP_UNREQUESTED);
        assertThat(faulty.headers()).containsEntry("content-encoding", "gzip");
        assertThat(fixture.client.parse(faulty.bytes()).get("message").asString())
                .isEqualTo("hello");
    }

    private static void megabytes(FaultFixture fixture) {
        StrictHttpClient.ResponseBody faulty =
                fixture.raw(fixture.tracker, FaultFixture.CURRENT, EndpointFault.SEVERAL_MEGABYTES);
        assertThat(fixture.raw(fixture.tracker, FaultFixture.CURRENT).bytes().length)
                .isLessThan(1_000_000);
        assertThat(faulty.bytes().length).isGreaterThan(4_000_000);
        assertThat(fixture.client.parse(faulty.bytes())).isEqualTo(fixture.tracker());
    }

    private static void truncated(FaultFixture fixture) {
        byte[] plain = fixture.raw(fixture.tracker, HELLO).bytes();
        byte[] faulty = fixture.raw(fixture.tracker, HELLO, EndpointFault.TRUNCATED_JSON)
                .bytes();
        assertThat(plain).startsWith(faulty).hasSizeGreaterThan(faulty.length);
        byte[] large = fixture.raw(fixture.tracker, FaultFixture.CURRENT, EndpointFault.TRUNCATED_JSON)
                .bytes();
        assertThatThrownBy(() -> fixture.client.parse(large)).isInstanceOf(JacksonException.class);
    }

    private static void invalidUtf8(FaultFixture fixture) {
        assertThat(isUtf8(fixture.raw(fixture.tracker, HELLO).bytes())).isTrue();
        assertThat(isUtf8(fixture.raw(fixture.tracker, HELLO, EndpointFault.INVALID_UTF8)
                        .bytes()))
                .isFalse();
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            return !StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .isEmpty();
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static void status(FaultFixture fixture, EndpointFault fault, int status, boolean retryAfter) {
        assertThat(fixture.raw(fixture.tracker, HELLO).status()).isEqualTo(200);
        StrictHttpClient.ResponseBody faulty = fixture.raw(fixture.tracker, HELLO, fault);
        assertThat(faulty.status()).isEqualTo(status);
        assertThat(faulty.headers().containsKey("retry-after")).isEqualTo(retryAfter);
        assertThat(fixture.tracker.requestCount(EndpointRoute.HELLO, status)).isEqualTo(1);
    }

    private static void redirectLoop(FaultFixture fixture) {
        StrictHttpClient.ResponseBody faulty = fixture.raw(fixture.tracker, HELLO, EndpointFault.REDIRECT_LOOP);
        assertThat(faulty.status()).isEqualTo(302);
        assertThat(faulty.headers()).containsEntry("location", fixture.tracker.url() + HELLO);
    }

    private static void tls(FaultFixture fixture) {
        StrictHttpClient.ResponseBody faulty = fixture.raw(fixture.tracker, HELLO, EndpointFault.TLS_FAILURE);
        assertThat(faulty.status()).isEqualTo(307);
        assertThat(faulty.headers()).containsEntry("location", fixture.tracker.secureUrl() + HELLO);
        assertThatThrownBy(() -> fixture.client.get(fixture.tracker.secureUrl() + HELLO))
                .isInstanceOf(SSLException.class);
    }

    private static void reset(FaultFixture fixture) {
        assertThat(fixture.fails(fixture.tracker, FaultFixture.CURRENT, EndpointFault.RESET_MID_BODY))
                .isTrue();
        fixture.tracker.injectFaults(EndpointFault.RESET_MID_BODY);
        assertThatThrownBy(() -> readAll(fixture.tracker.port())).isInstanceOf(SocketException.class);
    }

    private static void readAll(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                InputStream in = socket.getInputStream()) {
            socket.getOutputStream()
                    .write(("GET " + FaultFixture.CURRENT + " HTTP/1.1\r\nHost: x\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(in.readAllBytes()).isNotNull();
        }
    }
}
