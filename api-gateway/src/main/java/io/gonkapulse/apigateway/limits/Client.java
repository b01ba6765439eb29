package io.gonkapulse.apigateway.limits;

import io.gonkapulse.apigateway.settings.GatewayProperties.RateLimit;
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
record Client(String name, RateLimit limit) {

    private static final int SITE_BYTES = 8;

    /** Whoever has one IPv6 address has 2^64 of them, so they count as one. */
    static Client at(String address, RateLimit limit) {
        return new Client("address " + site(address), limit);
    }

    static Client withKey(String name, RateLimit limit) {
        return new Client("key " + name, limit);
    }

    /** The address, or the network of an IPv6 address. */
    static String site(String address) {
        if (!address.contains(":")) {
            return address;
        }
        try {
            InetAddress parsed = InetAddress.getByName(address);
            return parsed instanceof Inet6Address six
                    ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), SITE_BYTES))
                    : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
