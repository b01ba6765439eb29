package io.gonkapulse.localservers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Finds free ports of the loopback interface. Safe for use by many threads and processes. */
public final class LoopbackPort {

    static final String HOST = "127.0.0.1";

    /**
     * Below the range of ephemeral ports: an outgoing connection could use an ephemeral port between its discovery
     * and the server's start.
     */
    private static final int FIRST_PORT = 20_000;

    private static final int BLOCKS = 120;

    private static final int BLOCK_PORTS = 100;

    /**
     * The first port of each block that this process uses. The sockets stay open until the process ends, so that no
     * other process uses the block: a server that restarts finds its port free.
     */
    private static final List<ServerSocket> BLOCK_LOCKS = new ArrayList<>();

    private static int next;
    private static int blockEnd;

    private static final byte[] ADDRESS = {127, 0, 0, 1};

    private LoopbackPort() {}

    /** Returns a port that was free a moment ago and that neither this process nor another one returned before. */
    public static synchronized int findFree() {
        do {
            if (next == blockEnd) {
                lockBlock();
            }
            next++;
        } while (!isFree(next - 1));
        return next - 1;
    }

    private static void lockBlock() {
        int start = ThreadLocalRandom.current().nextInt(BLOCKS);
        for (int tried = 0; tried < BLOCKS; tried++) {
            int first = FIRST_PORT + (start + tried) % BLOCKS * BLOCK_PORTS;
            try {
                BLOCK_LOCKS.add(bind(first));
                next = first + 1;
                blockEnd = first + BLOCK_PORTS;
                return;
            } catch (IOException e) {
                // Another process uses the block, or an unrelated server its first port.
            }
        }
        throw new IllegalStateException("Found no free block of ports on " + HOST);
    }

    /** Returns distinct free ports. */
    public static List<Integer> findFree(int count) {
        return IntStream.range(0, count).mapToObj(number -> findFree()).toList();
    }

    /** Returns a free port other than one that is reserved but not bound yet. */
    static int findFreeExcept(int reserved) {
        int port = findFree();
        return port == reserved ? findFree() : port;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = bind(port)) {
            return socket.getLocalPort() == port;
        } catch (IOException e) {
            return false;
        }
    }

    /** Fails if the port is in use. Port 0 always passes. */
    public static void requireFree(String requestedBy, int port) {
        try (ServerSocket socket = bind(port)) {
            socket.getLocalPort();
        } catch (IOException e) {
            throw (PortInUseException) new PortInUseException(requestedBy, port).initCause(e);
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getByAddress(ADDRESS));
    }
}
