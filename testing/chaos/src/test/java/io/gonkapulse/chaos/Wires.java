package io.gonkapulse.chaos;

import io.gonkapulse.testkit.local.BrokerDoor;
import io.gonkapulse.testkit.local.LocalCluster;
import io.gonkapulse.testkit.local.LoopbackPort;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The whole network: a link for every two that talk, with a door of each broker for each service behind it. */
final class Wires implements AutoCloseable {

    private final Map<Role, List<Link>> toKafka = new EnumMap<>(Role.class);
    private final Map<Role, Link> toDatabase = new EnumMap<>(Role.class);
    private final List<List<BrokerDoor>> doors;
    private final Link toTracker;
    private final Link toChain;

    Wires(LocalCluster cluster, int database, int tracker, int chain) {
        int brokers = cluster.ports().size();
        doors = IntStream.range(0, brokers)
                .mapToObj(broker -> (List<BrokerDoor>) new ArrayList<BrokerDoor>())
                .toList();
        for (Role role : Role.values()) {
            if (role.needsKafka()) {
                toKafka.put(role, doorsFor(role));
            }
            if (role.needsDatabase()) {
                toDatabase.put(role, linkTo(database));
            }
        }
        toTracker = linkTo(tracker);
        toChain = linkTo(chain);
    }

    private List<Link> doorsFor(Role role) {
        List<Link> links = new ArrayList<>();
        for (List<BrokerDoor> ofOne : doors) {
            List<Integer> ports = LoopbackPort.free(2);
            ofOne.add(BrokerDoor.plain(role.name(), ports.get(0), ports.get(1)));
            links.add(Link.between(ports.get(1), ports.get(0)));
        }
        return links;
    }

    private static Link linkTo(int target) {
        return Link.between(LoopbackPort.free(1).get(0), target);
    }

    List<BrokerDoor> doorsOf(int broker) {
        return doors.get(broker);
    }

    List<Link> toKafka(Role role) {
        return toKafka.getOrDefault(role, List.of());
    }

    String bootstrapServers(Role role) {
        return toKafka(role).stream().map(link -> "127.0.0.1:" + link.port()).collect(Collectors.joining(","));
    }

    List<Link> toDatabase(Role role) {
        Link link = toDatabase.get(role);
        return link == null ? List.of() : List.of(link);
    }

    int databasePort(Role role) {
        return toDatabase(role).get(0).port();
    }

    Link toTracker() {
        return toTracker;
    }

    Link toChain() {
        return toChain;
    }

    @Override
    public void close() {
        toKafka.values().forEach(links -> links.forEach(Link::close));
        toDatabase.values().forEach(Link::close);
        toTracker.close();
        toChain.close();
    }
}
