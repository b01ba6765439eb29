package io.gonkapulse.jobrecorder.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;

/** A request whose body the test sends piece by piece. */
final class RawPost implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Socket socket;

    RawPost(TestIntake intake, String path, String type, int announcedLength) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), intake.port());
        socket.setSoTimeout((int) TIMEOUT.toMillis());
        socket.setTcpNoDelay(true);
        write("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\nContent-Length: "
                + announcedLength + "\r\n\r\n");
    }

    void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    boolean hasResponse() {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends spaces until a response arrives, and returns its first line. */
    String writeUntilResponse(int maxBytes) throws IOException {
        for (int i = 0; i < maxBytes && socket.getInputStream().available() == 0; i++) {
            socket.getOutputStream().write(' ');
        }
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
