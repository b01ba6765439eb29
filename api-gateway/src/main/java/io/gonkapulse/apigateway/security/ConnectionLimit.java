package io.gonkapulse.apigateway.security;

import io.micrometer.core.instrument.Counter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * What the connections of one client may be.
 *
 * @param perAddress open connections of an IPv4 address or an IPv6 /64
 * @param isProxy whether an address is a trusted proxy, which may have any number of connections
 * @param writeTimeout how long a write may wait for a client that reads nothing
 * @param refused counts the connections that were closed
 */
record ConnectionLimit(int perAddress, Predicate<String> isProxy, Duration writeTimeout, Counter refused) {

    private static final int NETWORK_BYTES = 8;

    /** @param open how many connections the client has; the proxies are not counted */
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
