package io.gonkapulse.localservers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A port of this machine that only this machine reaches. */
public final class LoopbackPort {

    static final String HOST = "127.0.0.1";

    /**
     * Below those that systems give to outgoing connections: one of these could take a port between the moment at which it
     * was found free and the start of its server.
     */
    private static final int FIRST_PORT = 20_000;

    private static final int PORTS = 12_000;

    /** Other processes begin elsewhere. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

    private static final byte[] ADDRESS = {127, 0, 0, 1};

    private LoopbackPort() {}

    /** Nobody listened on it a moment ago, and nobody in this process is given it again. */
    public static int findFree() {
        for (int tried = 0; tried < PORTS; tried++) {
            int port = FIRST_PORT + Math.floorMod(NEXT.getAndIncrement(), PORTS);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("Found no free port on " + HOST);
    }

    /** Different ones. */
    public static List<Integer> findFree(int count) {
        return IntStream.range(0, count).mapToObj(number -> findFree()).toList();
    }

    /** Never the port that is spoken for but not taken yet. */
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

    /** Refuses a taken port by name; 0 stands for any free one. */
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
