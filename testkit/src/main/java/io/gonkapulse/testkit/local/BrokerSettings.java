package io.gonkapulse.testkit.local;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The settings of a broker that is alone, on a machine that is someone's desk. */
record BrokerSettings(Path data, int port, int controllerPort, Map<String, Integer> doors, Map<String, String> more) {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final String A_YEAR_IN_MINUTES = "525600";

    Map<String, String> asMap() {
        Map<String, String> settings = new HashMap<>(alone());
        settings.putAll(more);
        return settings;
    }

    /** A door is a protocol with a port; its name is that of the protocol. */
    private String moreListeners() {
        return doors.entrySet().stream()
                .map(door -> "," + door.getKey() + "://" + LoopbackPort.HOST + ":" + door.getValue())
                .collect(Collectors.joining());
    }

    private Map<String, String> alone() {
        String broker = "PLAINTEXT://" + LoopbackPort.HOST + ":" + port + moreListeners();
        String controller = LoopbackPort.HOST + ":" + controllerPort;
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", String.valueOf(NODE_ID)),
                Map.entry("log.dirs", data.toString()),
                Map.entry("listeners", broker + "," + CONTROLLER_LISTENER + "://" + controller),
                Map.entry("advertised.listeners", broker),
                Map.entry(
                        "listener.security.protocol.map",
                        "PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT"),
                Map.entry("controller.listener.names", CONTROLLER_LISTENER),
                // Named here and not in the data, so that the controller may have another port at each start.
                Map.entry("controller.quorum.voters", NODE_ID + "@" + controller),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("offsets.retention.minutes", A_YEAR_IN_MINUTES),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // After a kill the controller waits this long before it believes that the old broker is gone.
                Map.entry("broker.session.timeout.ms", "2000"),
                Map.entry("broker.heartbeat.interval.ms", "500"));
    }
}
