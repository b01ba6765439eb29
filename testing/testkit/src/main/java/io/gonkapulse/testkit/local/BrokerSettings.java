package io.gonkapulse.testkit.local;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The settings of a broker on a machine that is someone's desk: alone, or at its seat in a cluster. */
record BrokerSettings(Path data, int port, BrokerSeat seat, List<BrokerDoor> doors, Map<String, String> more) {

    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final String A_YEAR_IN_MINUTES = "525600";

    Map<String, String> asMap() {
        String replicas = String.valueOf(seat.replicas());
        String inSync = String.valueOf(seat.replicasInSync());
        Map<String, String> all = new HashMap<>(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", String.valueOf(seat.nodeId())),
                Map.entry("log.dirs", data.toString()),
                Map.entry("controller.listener.names", CONTROLLER_LISTENER),
                // Named here and not in the data, so that the controller may have another port at each start.
                Map.entry("controller.quorum.voters", seat.voters()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("default.replication.factor", replicas),
                Map.entry("min.insync.replicas", inSync),
                Map.entry("offsets.topic.replication.factor", replicas),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("offsets.retention.minutes", A_YEAR_IN_MINUTES),
                Map.entry("transaction.state.log.replication.factor", replicas),
                Map.entry("transaction.state.log.min.isr", inSync),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("share.coordinator.state.topic.replication.factor", replicas),
                Map.entry("share.coordinator.state.topic.min.isr", inSync),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // After a kill the controller waits this long before it believes that the old broker is gone.
                Map.entry("broker.session.timeout.ms", "2000"),
                Map.entry("broker.heartbeat.interval.ms", "500")));
        addListeners(all);
        all.putAll(more);
        return all;
    }

    private void addListeners(Map<String, String> all) {
        String own = "PLAINTEXT://" + LoopbackPort.HOST + ":" + port;
        String controller = CONTROLLER_LISTENER + "://" + LoopbackPort.HOST + ":" + seat.controllerPort();
        all.put("listeners", own + each(",%1$s://%2$s:%3$d") + "," + controller);
        all.put("advertised.listeners", own + each(",%1$s://%2$s:%4$d"));
        all.put(
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT" + each(",%1$s:%5$s") + "," + CONTROLLER_LISTENER + ":PLAINTEXT");
    }

    private String each(String form) {
        return doors.stream()
                .map(door ->
                        form.formatted(door.name(), LoopbackPort.HOST, door.port(), door.toldPort(), door.protocol()))
                .collect(Collectors.joining());
    }
}
