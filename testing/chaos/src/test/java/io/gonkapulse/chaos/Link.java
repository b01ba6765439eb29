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

/** The network between two programs: a port that leads to another one, until it is cut. */
final class Link implements AutoCloseable {

    /** What the two ends notice of a cut. */
    enum Cut {
        /** Everything: connections are reset, new ones refused. */
        REFUSED,
        /** Nothing: no byte comes through any more, and after the cut all that waited does. */
        SILENT,
        /** Nothing, ever: connections of before the cut stay dumb after it, as when a firewall forgets them. */
        FORGOTTEN
    }

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final int port;
    private final int target;
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket server;
    private @Nullable Cut cut;

    private Link(int port, int target) {
        this.port = port;
        this.target = target;
    }

    static Link between(int port, int target) {
        Link link = new Link(port, target);
        link.listen();
        return link;
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
            start("link-" + port, () -> acceptAll(listening));
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
                Wire wire = new Wire(listening.accept());
                wires.add(wire);
                start("link-" + port + "-there", wire::connect);
            } catch (IOException closed) {
                return;
            }
        }
    }

    synchronized void cut(Cut how) {
        cut = how;
        if (how == Cut.REFUSED) {
            stopListening();
            wires.forEach(Wire::reset);
        }
    }

    synchronized void mend() {
        Cut was = cut;
        cut = null;
        if (was == Cut.REFUSED) {
            listen();
        } else if (was == Cut.FORGOTTEN) {
            wires.forEach(wire -> wire.forgotten = true);
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

    private synchronized void awaitPassage(Wire wire) throws InterruptedException {
        while (cut != null || wire.forgotten) {
            wait();
        }
    }

    @Override
    public synchronized void close() {
        stopListening();
        wires.forEach(Wire::reset);
    }

    /** Two connections that are one. */
    private final class Wire {

        private final Socket here;
        private final Socket there = new Socket();
        private volatile boolean forgotten;

        Wire(Socket here) {
            this.here = here;
        }

        void connect() {
            try {
                awaitPassage(this);
                here.setTcpNoDelay(true);
                there.setTcpNoDelay(true);
                there.connect(new InetSocketAddress(LOOPBACK, target));
                start("link-" + port + "-back", () -> carry(there, here));
                carry(here, there);
            } catch (IOException refused) {
                reset();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void carry(Socket from, Socket to) {
            byte[] bytes = new byte[16_384];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                    awaitPassage(this);
                    out.write(bytes, 0, read);
                }
                awaitPassage(this);
                to.shutdownOutput();
            } catch (IOException broken) {
                reset();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** So that neither end takes it for an orderly end. */
        void reset() {
            wires.remove(this);
            for (Socket socket : Set.of(here, there)) {
                try {
                    socket.setSoLinger(true, 0);
                    socket.close();
                } catch (IOException alreadyClosed) {
                    // It is what was wanted.
                }
            }
        }
    }
}
