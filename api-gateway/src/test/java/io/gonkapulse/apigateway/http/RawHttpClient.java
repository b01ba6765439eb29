package io.gonkapulse.apigateway.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;

/** Sends malformed requests that an HTTP client would refuse to send. */
final class RawHttpClient {

    private RawHttpClient() {}

    static String get(String url, String target) {
        return send(url, "GET " + target + " HTTP/1.1", "Host: gateway");
    }

    /** Sends a request line and headers, and returns all that the gateway sends until it closes the connection. */
    static String send(String url, String requestLine, String... headers) {
        URI address = URI.create(url);
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            String request = requestLine + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
