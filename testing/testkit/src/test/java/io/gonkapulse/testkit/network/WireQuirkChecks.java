package io.gonkapulse.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.testkit.network.face.Route;
import io.gonkapulse.testkit.network.quirk.Quirk;
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

/** How the quirks of statuses, bytes and connections are seen by a client. */
final class WireQuirkChecks {

    private static final String HELLO = "/api/v1/hello";

    private WireQuirkChecks() {}

    static Map<Quirk, Consumer<QuirkStage>> all() {
        Map<Quirk, Consumer<QuirkStage>> checks = new EnumMap<>(Quirk.class);
        checks.put(Quirk.HTML_WITH_STATUS_200, WireQuirkChecks::html);
        checks.put(Quirk.ENDLESS_BODY, stage -> neverEnds(stage, Quirk.ENDLESS_BODY));
        checks.put(Quirk.SLOW_DRIP, stage -> neverEnds(stage, Quirk.SLOW_DRIP));
        checks.put(Quirk.GZIP_UNASKED, WireQuirkChecks::gzip);
        checks.put(Quirk.SEVERAL_MEGABYTES, WireQuirkChecks::megabytes);
        checks.put(Quirk.TRUNCATED_JSON, WireQuirkChecks::truncated);
        checks.put(Quirk.INVALID_UTF8, WireQuirkChecks::invalidUtf8);
        checks.put(Quirk.TOO_MANY_REQUESTS, stage -> status(stage, Quirk.TOO_MANY_REQUESTS, 429, false));
        checks.put(
                Quirk.TOO_MANY_REQUESTS_WITH_RETRY_AFTER,
                stage -> status(stage, Quirk.TOO_MANY_REQUESTS_WITH_RETRY_AFTER, 429, true));
        checks.put(Quirk.SERVICE_UNAVAILABLE, stage -> status(stage, Quirk.SERVICE_UNAVAILABLE, 503, false));
        checks.put(Quirk.REDIRECT_LOOP, WireQuirkChecks::redirectLoop);
        checks.put(Quirk.TLS_FAILURE, WireQuirkChecks::tls);
        checks.put(Quirk.RESET_MID_BODY, WireQuirkChecks::reset);
        return checks;
    }

    private static void html(QuirkStage stage) {
        assertThat(stage.raw(stage.tracker, HELLO).headers()).containsEntry("content-type", "application/json");
        Client.Body shown = stage.raw(stage.tracker, HELLO, Quirk.HTML_WITH_STATUS_200);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.headers().get("content-type")).startsWith("text/html");
        assertThat(new String(shown.bytes(), StandardCharsets.UTF_8)).contains("<html>");
    }

    private static void neverEnds(QuirkStage stage, Quirk quirk) {
        assertThat(stage.raw(stage.tracker, HELLO).status()).isEqualTo(200);
        assertThat(stage.fails(stage.tracker, QuirkStage.CURRENT, quirk)).isTrue();
    }

    private static void gzip(QuirkStage stage) {
        assertThat(stage.raw(stage.tracker, HELLO).headers()).doesNotContainKey("content-encoding");
        Client.Body shown = stage.raw(stage.tracker, HELLO, Quirk.GZIP_UNASKED);
        assertThat(shown.headers()).containsEntry("content-encoding", "gzip");
        assertThat(stage.client.parse(shown.bytes()).get("message").asString()).isEqualTo("hello");
    }

    private static void megabytes(QuirkStage stage) {
        Client.Body shown = stage.raw(stage.tracker, QuirkStage.CURRENT, Quirk.SEVERAL_MEGABYTES);
        assertThat(stage.raw(stage.tracker, QuirkStage.CURRENT).bytes().length).isLessThan(1_000_000);
        assertThat(shown.bytes().length).isGreaterThan(4_000_000);
        assertThat(stage.client.parse(shown.bytes())).isEqualTo(stage.tracker());
    }

    private static void truncated(QuirkStage stage) {
        byte[] plain = stage.raw(stage.tracker, HELLO).bytes();
        byte[] shown = stage.raw(stage.tracker, HELLO, Quirk.TRUNCATED_JSON).bytes();
        assertThat(plain).startsWith(shown).hasSizeGreaterThan(shown.length);
        byte[] large = stage.raw(stage.tracker, QuirkStage.CURRENT, Quirk.TRUNCATED_JSON)
                .bytes();
        assertThatThrownBy(() -> stage.client.parse(large)).isInstanceOf(JacksonException.class);
    }

    private static void invalidUtf8(QuirkStage stage) {
        assertThat(isUtf8(stage.raw(stage.tracker, HELLO).bytes())).isTrue();
        assertThat(isUtf8(stage.raw(stage.tracker, HELLO, Quirk.INVALID_UTF8).bytes()))
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

    private static void status(QuirkStage stage, Quirk quirk, int status, boolean retryAfter) {
        assertThat(stage.raw(stage.tracker, HELLO).status()).isEqualTo(200);
        Client.Body shown = stage.raw(stage.tracker, HELLO, quirk);
        assertThat(shown.status()).isEqualTo(status);
        assertThat(shown.headers().containsKey("retry-after")).isEqualTo(retryAfter);
        assertThat(stage.tracker.requests(Route.HELLO, status)).isEqualTo(1);
    }

    private static void redirectLoop(QuirkStage stage) {
        Client.Body shown = stage.raw(stage.tracker, HELLO, Quirk.REDIRECT_LOOP);
        assertThat(shown.status()).isEqualTo(302);
        assertThat(shown.headers()).containsEntry("location", stage.tracker.url() + HELLO);
    }

    private static void tls(QuirkStage stage) {
        Client.Body shown = stage.raw(stage.tracker, HELLO, Quirk.TLS_FAILURE);
        assertThat(shown.status()).isEqualTo(307);
        assertThat(shown.headers()).containsEntry("location", stage.tracker.secureUrl() + HELLO);
        assertThatThrownBy(() -> stage.client.get(stage.tracker.secureUrl() + HELLO))
                .isInstanceOf(SSLException.class);
    }

    private static void reset(QuirkStage stage) {
        assertThat(stage.fails(stage.tracker, QuirkStage.CURRENT, Quirk.RESET_MID_BODY))
                .isTrue();
        stage.tracker.show(Quirk.RESET_MID_BODY);
        assertThatThrownBy(() -> readToTheEnd(stage.tracker.port())).isInstanceOf(SocketException.class);
    }

    private static void readToTheEnd(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                InputStream in = socket.getInputStream()) {
            socket.getOutputStream()
                    .write(("GET " + QuirkStage.CURRENT + " HTTP/1.1\r\nHost: x\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(in.readAllBytes()).isNotNull();
        }
    }
}
