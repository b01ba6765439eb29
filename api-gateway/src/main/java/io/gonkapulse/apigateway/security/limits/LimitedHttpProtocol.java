package io.gonkapulse.apigateway.security.limits;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 with a limit on the connections of an address. Tomcat creates it by its class name. */
public final class LimitedHttpProtocol extends Http11NioProtocol {

    /**
     * Every connection has both buffers. Tomcat's 8 kB for each are too large for the head of a request and too small for
     * most responses.
     */
    public LimitedHttpProtocol() {
        super(new LimitedEndpoint());
        setProperty("socket.appReadBufSize", String.valueOf(4 << 10));
        setProperty("socket.appWriteBufSize", String.valueOf(16 << 10));
    }

    void apply(ConnectionLimit limit) {
        ((LimitedEndpoint) getEndpoint()).apply(limit);
    }

    /**
     * Closes a new connection if its address has too many. It counts the open connections each time: one thread accepts
     * all connections, and a counter could miss connections that end in an unusual way.
     */
    private static final class LimitedEndpoint extends NioEndpoint {

        private volatile @Nullable ConnectionLimit limit;

        void apply(ConnectionLimit newLimit) {
            limit = newLimit;
        }

        @Override
        protected boolean setSocketOptions(SocketChannel socket) {
            ConnectionLimit current = limit;
            if (current == null) {
                return super.setSocketOptions(socket);
            }
            InetAddress address = address(socket);
            if (address != null && !current.allows(address, () -> count(address))) {
                destroySocket(socket);
                return false;
            }
            boolean registered = super.setSocketOptions(socket);
            SocketWrapperBase<NioChannel> connection = connections.get(socket);
            if (connection != null) {
                connection.setWriteTimeout(current.writeTimeout().toMillis());
            }
            return registered;
        }

        private long count(InetAddress address) {
            return connections.keySet().stream()
                    .map(LimitedEndpoint::address)
                    .filter(other -> other != null && ConnectionLimit.isSameClient(address, other))
                    .count();
        }

        /** Returns null for a closed connection, or for one without an IP address. */
        private static @Nullable InetAddress address(SocketChannel socket) {
            try {
                return socket.getRemoteAddress() instanceof InetSocketAddress remote ? remote.getAddress() : null;
            } catch (IOException e) {
                return null;
            }
        }
    }

    /**
     * The limits on the connections of one client.
     *
     * @param perAddress open connections of an IPv4 address or an IPv6 /64
     * @param isProxy whether an address is a trusted proxy; proxies have no limit, because they serve many clients
     * @param writeTimeout how long one write may block on a client that reads nothing
     * @param refused counts refused connections
     */
    record ConnectionLimit(int perAddress, Predicate<String> isProxy, Duration writeTimeout, Counter refused) {

        private static final int NETWORK_BYTES = 8;

        /** @param open supplies the number of the client's open connections; not called for proxies */
        boolean allows(InetAddress address, LongSupplier open) {
            if (isProxy.test(address.getHostAddress()) || open.getAsLong() < perAddress) {
                return true;
            }
            refused.increment();
            return false;
        }

        static boolean isSameClient(InetAddress one, InetAddress other) {
            if (one instanceof Inet6Address && other instanceof Inet6Address) {
                return Arrays.equals(one.getAddress(), 0, NETWORK_BYTES, other.getAddress(), 0, NETWORK_BYTES);
            }
            return one.equals(other);
        }
    }
}
