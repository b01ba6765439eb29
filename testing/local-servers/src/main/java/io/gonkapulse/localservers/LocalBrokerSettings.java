package io.gonkapulse.localservers;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Kafka settings of a small broker on a developer's machine, standalone or in a cluster. */
record LocalBrokerSettings(
        Path data, int port, ClusterMember member, List<BrokerListener> listeners, Map<String, String> overrides) {

    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final String ONE_YEAR_MINUTES = "525600";

    Map<String, String> toMap() {
        String replicas = String.valueOf(member.replicas());
        String inSync = String.valueOf(member.minInSyncReplicas());
        Map<String, String> all = new HashMap<>(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", String.valueOf(member.nodeId())),
                Map.entry("log.dirs", data.toString()),
                Map.entry("controller.listener.names", CONTROLLER_LISTENER),
                // A static quorum in the settings instead of the data: the controller's port may change at each start.
                Map.entry("controller.quorum.voters", member.voters()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("default.replication.factor", replicas),
                Map.entry("min.insync.replicas", inSync),
                Map.entry("offsets.topic.replication.factor", replicas),
                // Few partitions of internal topics: the default of 50 slows each start and stop.
                Map.entry("offsets.topic.num.partitions", "4"),
                // Kept data may be unused for months; the default of seven days would lose the groups' offsets.
                Map.entry("offsets.retention.minutes", ONE_YEAR_MINUTES),
                Map.entry("transaction.state.log.replication.factor", replicas),
                Map.entry("transaction.state.log.min.isr", inSync),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("share.coordinator.state.topic.replication.factor", replicas),
                Map.entry("share.coordinator.state.topic.min.isr", inSync),
                // The default delays the first assignment of each group by 3 s.
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // After a kill the controller fences the old broker only when its session times out; the default is 9
                // s.
                Map.entry("broker.session.timeout.ms", "2000"),
                Map.entry("broker.heartbeat.interval.ms", "500")));
        addListeners(all);
        all.putAll(overrides);
        return all;
    }

    private void addListeners(Map<String, String> all) {
        String plaintext = "PLAINTEXT://" + LoopbackPort.HOST + ":" + port;
        String controller = CONTROLLER_LISTENER + "://" + LoopbackPort.HOST + ":" + member.controllerPort();
        all.put("listeners", plaintext + formatListeners(",%1$s://%2$s:%3$d") + "," + controller);
        all.put("advertised.listeners", plaintext + formatListeners(",%1$s://%2$s:%4$d"));
        all.put(
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT" + formatListeners(",%1$s:%5$s") + "," + CONTROLLER_LISTENER + ":PLAINTEXT");
    }

    private String formatListeners(String format) {
        return listeners.stream()
                .map(listener -> format.formatted(
                        listener.name(),
                        LoopbackPort.HOST,
                        listener.port(),
                        listener.advertisedPort(),
                        listener.protocol()))
                .collect(Collectors.joining());
    }
}
