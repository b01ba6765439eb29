package io.gonkapulse.networksimulator.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** An HTTP server with one thread per connection. Closing it ends all connections, even endless ones. */
public final class LoopbackHttpServer implements AutoCloseable {

    /** Clients under test open many connections at once; the default of 50 would refuse some. */
    private static final int BACKLOG = 128;

    private static final int CLOSE_TIMEOUT_SECONDS = 10;

    private final ServerSocket serverSocket;
    private final ExchangeHandler handler;
    private final Set<Socket> openSockets = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads;

    private LoopbackHttpServer(ServerSocket serverSocket, ExchangeHandler handler) {
        this.serverSocket = serverSocket;
        this.handler = handler;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "simulated-network-" + serverSocket.getLocalPort());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Listens on the loopback interface. Port 0 selects a free port. */
    public static LoopbackHttpServer start(int port, ExchangeHandler handler) {
        return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), handler);
    }

    /** Listens on a given address, for example inside a container where only its network can reach it. */
    public static LoopbackHttpServer start(InetSocketAddress address, ExchangeHandler handler) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(address, BACKLOG);
            LoopbackHttpServer server = new LoopbackHttpServer(socket, handler);
            server.threads.execute(server::acceptAll);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Could not listen on " + address.getHostString() + ", port " + address.getPort()
                            + ": choose another one, or 0 for any",
                    e);
        }
    }

    public int port() {
        return serverSocket.getLocalPort();
    }

    @Override
    public void close() {
        closed.countDown();
        closeQuietly(serverSocket);
        openSockets.forEach(LoopbackHttpServer::closeQuietly);
        threads.shutdown();
        awaitThreads();
    }

    private void acceptAll() {
        try {
            while (closed.getCount() > 0) {
                serve(serverSocket.accept());
            }
        } catch (IOException e) {
            if (closed.getCount() > 0) {
                throw new UncheckedIOException("Could not accept a connection", e);
            }
        }
    }

    /** Registers the socket before the check, so that {@link #close} either sees it or is seen here. */
    private void serve(Socket socket) {
        openSockets.add(socket);
        if (closed.getCount() == 0) {
            closeQuietly(socket);
            return;
        }
        ClientConnection connection = new ClientConnection(socket, handler, closed);
        try {
            threads.execute(() -> serve(connection, socket));
        } catch (RejectedExecutionException e) {
            // The server closed after the check above.
            closeQuietly(socket);
        }
    }

    private void serve(ClientConnection connection, Socket socket) {
        try {
            connection.run();
        } finally {
            openSockets.remove(socket);
        }
    }

    private void awaitThreads() {
        try {
            if (!threads.awaitTermination(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Expected all connections of port " + port() + " to end within "
                        + CLOSE_TIMEOUT_SECONDS + " s of closing their sockets");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not close a socket", e);
        }
    }

    /** Serves one client until either side closes the connection. */
    private static final class ClientConnection implements Runnable {

        private static final int TLS_HANDSHAKE = 0x16;

        /** A TLS record: alert, version 1.2, two bytes: fatal, handshake failure. */
        private static final byte[] HANDSHAKE_FAILURE = {0x15, 3, 3, 0, 2, 2, 40};

        private final Socket socket;
        private final ExchangeHandler handler;
        private final CountDownLatch serverClosed;

        ClientConnection(Socket socket, ExchangeHandler handler, CountDownLatch serverClosed) {
            this.socket = socket;
            this.handler = handler;
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
            LoopbackExchange exchange = new LoopbackExchange(socket, out, serverClosed);
            for (Optional<RequestHead> next = RequestHead.read(in); next.isPresent(); next = RequestHead.read(in)) {
                RequestHead request = next.get();
                handler.handle(request, exchange);
                if (request.header("connection")
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

    /** Handles a request in the thread of its connection. */
    @FunctionalInterface
    public interface ExchangeHandler {

        void handle(RequestHead request, LoopbackExchange exchange) throws IOException;
    }
}
