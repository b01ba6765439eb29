package io.gonkapulse.networksimulator.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Serves one client until either side closes the connection. */
final class Connection implements Runnable {

    private static final int TLS_HANDSHAKE = 0x16;

    /** A TLS record: alert, version 1.2, two bytes: fatal, handshake failure. */
    private static final byte[] HANDSHAKE_FAILURE = {0x15, 3, 3, 0, 2, 2, 40};

    private final Socket socket;
    private final ExchangeHandler handler;
    private final CountDownLatch serverClosed;

    Connection(Socket socket, ExchangeHandler responder, CountDownLatch serverClosed) {
        this.socket = socket;
        this.handler = responder;
        this.serverClosed = serverClosed;
    }

    @Override
    public void run() {
        try (socket) {
            serve();
        } catch (IOException | UncheckedIOException e) {
            // The client or an injected fault closed the connection: there is no one left to report to.
            return;
        }
    }

    private void serve() throws IOException {
        socket.setTcpNoDelay(true);
        BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
        OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 32_768);
        if (startsWithTls(in)) {
            out.write(HANDSHAKE_FAILURE);
            out.flush();
            return;
        }
        RequestHeadReader reader = new RequestHeadReader(in);
        LoopbackExchange exchange = new LoopbackExchange(socket, out, serverClosed);
        for (Optional<RequestHead> request = reader.next(); request.isPresent(); request = reader.next()) {
            handler.handle(request.get(), exchange);
            if (request.get()
                    .header("connection")
                    .filter("close"::equalsIgnoreCase)
                    .isPresent()) {
                return;
            }
        }
    }

    private static boolean startsWithTls(BufferedInputStream in) throws IOException {
        in.mark(1);
        int first = in.read();
        in.reset();
        return first == TLS_HANDSHAKE;
    }
}
