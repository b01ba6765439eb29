package io.gonkapulse.localservers;

/**
 * One more way into a broker.
 *
 * @param name in capitals, of Kafka's listener
 * @param protocol PLAINTEXT, SSL or SASL_SSL
 * @param advertisedPort where who comes in through it is told to come back, as behind a proxy
 */
public record BrokerListener(String name, String protocol, int port, int advertisedPort) {

    /** Without encryption, and with a way back of its own. */
    public static BrokerListener plain(String name, int port, int advertisedPort) {
        return new BrokerListener(name, "PLAINTEXT", port, advertisedPort);
    }
}
