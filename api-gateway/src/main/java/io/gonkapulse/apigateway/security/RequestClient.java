package io.gonkapulse.apigateway.security;

import io.gonkapulse.apigateway.config.GatewayProperties.RateLimit;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Who asks: a key, or an address.
 *
 * @param name of the key or the address, told apart
 */
record RequestClient(String name, RateLimit limit) {

    private static final int IPV6_NETWORK_BYTES = 8;

    /** Whoever has one IPv6 address has 2^64 of them, so they count as one. */
    static RequestClient byAddress(String address, RateLimit limit) {
        return new RequestClient("address " + networkOf(address), limit);
    }

    static RequestClient byKey(String name, RateLimit limit) {
        return new RequestClient("key " + name, limit);
    }

    /** The address, or the network of an IPv6 address. */
    static String networkOf(String address) {
        if (!address.contains(":")) {
            return address;
        }
        try {
            InetAddress parsed = InetAddress.getByName(address);
            return parsed instanceof Inet6Address six
                    ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), IPV6_NETWORK_BYTES))
                    : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
