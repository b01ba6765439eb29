package io.gonkapulse.servicekit.http;

import io.gonkapulse.servicekit.keys.RequestRate;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The client of a request, to which its rate limit applies: an API key or an address.
 *
 * @param name of the key or the address, with a prefix, so that they cannot be equal
 */
public record RequestClient(String name, RequestRate limit) {

    private static final int IPV6_NETWORK_BYTES = 8;

    /**
     * A client without a key. The owner of one IPv6 address usually has a whole /64, so a /64 counts as one client.
     */
    public static RequestClient byAddress(String address, RequestRate limit) {
        return new RequestClient("address " + networkOf(address), limit);
    }

    public static RequestClient byKey(String name, RequestRate limit) {
        return new RequestClient("key " + name, limit);
    }

    /** Returns an IPv4 address, or the /64 network of an IPv6 address. */
    public static String networkOf(String address) {
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
