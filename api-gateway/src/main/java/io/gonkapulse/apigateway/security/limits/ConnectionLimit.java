package io.gonkapulse.apigateway.security.limits;

import io.micrometer.core.instrument.Counter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

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
