package io.gonkapulse.testkit.local;

/**
 * One more way into a broker. Who comes in through it is told to come back at another port, as behind a proxy.
 *
 * @param name in capitals, of Kafka's listener
 */
public record BrokerDoor(String name, int port, int toldPort) {}
