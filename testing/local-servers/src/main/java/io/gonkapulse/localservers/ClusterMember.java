package io.gonkapulse.localservers;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/** Which broker of its cluster one is; each of them is a controller as well. */
record ClusterMember(String clusterId, int nodeId, List<Integer> controllerPorts) {

    private static final int MAX_REPLICAS = 3;

    /** Of a broker that is a cluster by itself; the id counts at its first start only. */
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

    /** One may be lost. */
    int minInSyncReplicas() {
        return Math.max(1, replicas() - 1);
    }
}
