package io.gonkapulse.testkit.local;

/**
 * One more way into a broker.
 *
 * @param name in capitals, of Kafka's listener
 * @param protocol PLAINTEXT, SSL or SASL_SSL
 * @param toldPort where who comes in through it is told to come back, as behind a proxy
 */
public record BrokerDoor(String name, String protocol, int port, int toldPort) {

    /** Without encryption, and with a way back of its own. */
    public static BrokerDoor plain(String name, int port, int toldPort) {
        return new BrokerDoor(name, "PLAINTEXT", port, toldPort);
    }
}
