package io.gonkapulse.localservers;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/**
 * The ports of a cluster of brokers, which may run in one process or in one each. Topics have up to three replicas;
 * a write needs all but one of them.
 *
 * @param ports client ports, ordered by broker
 * @param controllerPorts controller ports in the same order
 */
public record LocalBrokerCluster(String id, List<Integer> ports, List<Integer> controllerPorts) {

    public LocalBrokerCluster {
        ports = List.copyOf(ports);
        controllerPorts = List.copyOf(controllerPorts);
    }

    public static LocalBrokerCluster of(int brokers) {
        List<Integer> free = LoopbackPort.findFree(2 * brokers);
        return new LocalBrokerCluster(
                Uuid.randomUuid().toString(), free.subList(0, brokers), free.subList(brokers, 2 * brokers));
    }

    /**
     * Creates a broker without starting it.
     *
     * @param number the broker's index, from 0
     * @param listeners additional listeners
     */
    public LocalBroker createBroker(int number, Path home, BrokerListener... listeners) {
        return new LocalBroker(
                home,
                ports.get(number),
                new ClusterMember(id, number + 1, controllerPorts),
                Stream.of(listeners).toList());
    }

    public String bootstrapServers() {
        return ports.stream().map(port -> LoopbackPort.HOST + ":" + port).collect(Collectors.joining(","));
    }
}
