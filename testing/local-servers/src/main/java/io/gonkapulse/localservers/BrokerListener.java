package io.gonkapulse.localservers;

/**
 * An additional listener of a broker.
 *
 * @param name Kafka's listener name, in capitals
 * @param protocol PLAINTEXT, SSL or SASL_SSL
 * @param advertisedPort the port that clients of this listener connect to, for example a proxy's
 */
public record BrokerListener(String name, String protocol, int port, int advertisedPort) {

    /** A plaintext listener that advertises a port of its own. */
    public static BrokerListener plain(String name, int port, int advertisedPort) {
        return new BrokerListener(name, "PLAINTEXT", port, advertisedPort);
    }
}
