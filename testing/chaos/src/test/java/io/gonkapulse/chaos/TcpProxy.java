package io.gonkapulse.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A port that forwards to another port until it is cut. */
final class TcpProxy implements AutoCloseable {

    /** What both ends observe during a cut. */
    enum CutMode {
        /** Connections are reset, new ones refused. */
        REFUSED,
        /** No bytes pass; after the repair the buffered ones do. */
        SILENT,
        /** Existing connections stay silent forever, as when a firewall drops their state. */
        FORGOTTEN
    }

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final int port;
    private final int target;
    private final Set<ProxyConnection> connections = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket server;
    private @Nullable CutMode cutMode;

    private TcpProxy(int port, int target) {
        this.port = port;
        this.target = target;
    }

    static TcpProxy open(int port, int target) {
        TcpProxy proxy = new TcpProxy(port, target);
        proxy.listen();
        return proxy;
    }

    int port() {
        return port;
    }

    private synchronized void listen() {
        try {
            ServerSocket listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(LOOPBACK, port), 50);
            server = listening;
            start("proxy-" + port, () -> acceptAll(listening));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not listen on port " + port, e);
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void acceptAll(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                ProxyConnection connection = new ProxyConnection(listening.accept());
                connections.add(connection);
                start("proxy-" + port + "-upstream", connection::connect);
            } catch (IOException closed) {
                return;
            }
        }
    }

    synchronized void cut(CutMode mode) {
        cutMode = mode;
        if (mode == CutMode.REFUSED) {
            stopListening();
            connections.forEach(ProxyConnection::reset);
        }
    }

    synchronized void restore() {
        CutMode previous = cutMode;
        cutMode = null;
        if (previous == CutMode.REFUSED) {
            listen();
        } else if (previous == CutMode.FORGOTTEN) {
            connections.forEach(connection -> connection.forgotten = true);
        }
        notifyAll();
    }

    private synchronized void stopListening() {
        if (server != null) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server = null;
        }
    }

    private synchronized void awaitUncut(ProxyConnection connection) throws InterruptedException {
        while (cutMode != null || connection.forgotten) {
            wait();
        }
    }

    @Override
    public synchronized void close() {
        stopListening();
        connections.forEach(ProxyConnection::reset);
    }

    /** A pair of sockets, joined in both directions. */
    private final class ProxyConnection {

        private final Socket client;
        private final Socket upstream = new Socket();
        private volatile boolean forgotten;

        ProxyConnection(Socket client) {
            this.client = client;
        }

        void connect() {
            try {
                awaitUncut(this);
                client.setTcpNoDelay(true);
                upstream.setTcpNoDelay(true);
                upstream.connect(new InetSocketAddress(LOOPBACK, target));
                start("proxy-" + port + "-client", () -> copy(upstream, client));
                copy(client, upstream);
            } catch (IOException refused) {
                reset();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void copy(Socket from, Socket to) {
            byte[] bytes = new byte[16_384];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                    awaitUncut(this);
                    out.write(bytes, 0, read);
                }
                awaitUncut(this);
                to.shutdownOutput();
            } catch (IOException broken) {
                reset();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Resets the connection, so that neither end sees an orderly close. */
        void reset() {
            connections.remove(this);
            for (Socket socket : Set.of(client, upstream)) {
                try {
                    socket.setSoLinger(true, 0);
                    socket.close();
                } catch (IOException alreadyClosed) {
                    // Already closed, as intended.
                }
            }
        }
    }
}
