package io.gonkapulse.testkit.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** A port of this machine that only this machine reaches. */
public final class LoopbackPort {

    static final String HOST = "127.0.0.1";

    private static final byte[] ADDRESS = {127, 0, 0, 1};

    private LoopbackPort() {}

    /** Nobody listened on it a moment ago. */
    public static int free() {
        try (ServerSocket socket = bind(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("Found no free port on " + HOST, e);
        }
    }

    /** Different ones. */
    public static List<Integer> free(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(bind(0));
            }
            List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : held) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException("Found not " + count + " free ports on " + HOST, e);
        }
    }

    /** Never the port that is spoken for but not taken yet: the machine may well hand out a port twice in a row. */
    static int freeBeside(int spokenFor) {
        try (ServerSocket held = bind(spokenFor);
                ServerSocket socket = bind(0)) {
            if (held.getLocalPort() == socket.getLocalPort()) {
                throw new IllegalStateException("Two sockets were given port " + spokenFor);
            }
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("Found no free port beside " + spokenFor + " on " + HOST, e);
        }
    }

    /** Refuses a taken port by name; 0 stands for any free one. */
    public static void requireFree(String wantedBy, int port) {
        try (ServerSocket socket = bind(port)) {
            socket.getLocalPort();
        } catch (IOException e) {
            throw (PortTakenException) new PortTakenException(wantedBy, port).initCause(e);
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getByAddress(ADDRESS));
    }
}
