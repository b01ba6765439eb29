package io.gonkapulse.localservers;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/** A broker's place in its cluster. Each broker is also a controller. */
record ClusterMember(String clusterId, int nodeId, List<Integer> controllerPorts) {

    private static final int MAX_REPLICAS = 3;

    /** A cluster of one broker. Kafka uses the cluster id at the first start only. */
    static ClusterMember standalone(int controllerPort) {
        return new ClusterMember(Uuid.randomUuid().toString(), 1, List.of(controllerPort));
    }

    int controllerPort() {
        return controllerPorts.get(nodeId - 1);
    }

    String voters() {
        return IntStream.range(0, controllerPorts.size())
                .mapToObj(number -> (number + 1) + "@" + LoopbackPort.HOST + ":" + controllerPorts.get(number))
                .collect(Collectors.joining(","));
    }

    int replicas() {
        return Math.min(MAX_REPLICAS, controllerPorts.size());
    }

    /** Tolerates the loss of one replica. */
    int minInSyncReplicas() {
        return Math.max(1, replicas() - 1);
    }
}
