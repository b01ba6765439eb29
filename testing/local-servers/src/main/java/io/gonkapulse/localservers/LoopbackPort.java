package io.gonkapulse.localservers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Finds free ports of the loopback interface. */
public final class LoopbackPort {

    static final String HOST = "127.0.0.1";

    /**
     * Below the range of ephemeral ports: an outgoing connection could use an ephemeral port between its discovery
     * and the server's start.
     */
    private static final int FIRST_PORT = 20_000;

    private static final int PORTS = 12_000;

    /** Each process starts at a random port, so that parallel processes find different ones. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

    private static final byte[] ADDRESS = {127, 0, 0, 1};

    private LoopbackPort() {}

    /** Returns a port that was free a moment ago and that this process has not returned before. */
    public static int findFree() {
        for (int tried = 0; tried < PORTS; tried++) {
            int port = FIRST_PORT + Math.floorMod(NEXT.getAndIncrement(), PORTS);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("Found no free port on " + HOST);
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
