package io.gonkapulse.chaos;

import io.gonkapulse.testkit.local.LocalCluster;
import io.gonkapulse.testkit.local.LoopbackPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Everything that runs: three brokers, the database, and each service as often as wished. */
final class Fleet implements AutoCloseable {

    static final int BROKERS = 3;

    private static final int BROKER_MEGABYTES = 400;
    private static final int SERVICE_MEGABYTES = 200;

    private final Path home;
    private final LocalCluster cluster = LocalCluster.of(BROKERS);
    private final World world;
    private final Store store;
    private final Wires wires;
    private final List<FleetProcess> brokers;
    private final Map<Role, List<FleetProcess>> services = new EnumMap<>(Role.class);
    private final Map<FleetProcess, Integer> ports = new HashMap<>();

    /**
     * Returns when all have been started; nobody says yet that they are ready.
     *
     * @param replicas of each service
     */
    Fleet(Path home, SmallDisk disk, World world, int replicas) {
        this.home = home;
        this.world = world;
        try {
            Files.createDirectories(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Integer> free = LoopbackPort.free(1);
        this.wires = new Wires(
                cluster, free.get(0), world.tracker().port(), world.chain().port());
        this.brokers = IntStream.range(0, BROKERS).mapToObj(this::broker).toList();
        brokers.forEach(FleetProcess::start);
        this.store = Store.create(home.resolve("postgres"), free.get(0), disk);
        for (Role role : Role.values()) {
            services.put(
                    role,
                    IntStream.rangeClosed(1, replicas)
                            .mapToObj(number -> service(role, number, replicas))
                            .toList());
        }
        services().forEach(FleetProcess::start);
    }

    private FleetProcess broker(int number) {
        Path data = home.resolve("broker-" + number);
        return new FleetProcess(
                "broker-" + (number + 1),
                home,
                BROKER_MEGABYTES,
                BrokerMain.class,
                BrokerMain.arguments(cluster, number, data, wires.doorsOf(number)),
                Map.of());
    }

    private FleetProcess service(Role role, int number, int replicas) {
        String name = role.service() + "-" + number;
        int port = LoopbackPort.free(1).get(0);
        FleetProcess process = new FleetProcess(
                name,
                home,
                SERVICE_MEGABYTES,
                role.program(),
                List.of("run"),
                Surroundings.of(role, name, port, wires, replicas == 1));
        ports.put(process, port);
        return process;
    }

    World world() {
        return world;
    }

    Store store() {
        return store;
    }

    Wires wires() {
        return wires;
    }

    /** Straight to the brokers, past all links. */
    String bootstrapServers() {
        return cluster.bootstrapServers();
    }

    List<FleetProcess> brokers() {
        return brokers;
    }

    List<FleetProcess> services(Role role) {
        return services.getOrDefault(role, List.of());
    }

    Stream<FleetProcess> services() {
        return services.values().stream().flatMap(List::stream);
    }

    int port(FleetProcess service) {
        return ports.getOrDefault(service, 0);
    }

    List<FleetProcess> all() {
        List<FleetProcess> all = new ArrayList<>(brokers);
        services().forEach(all::add);
        return all;
    }

    @Override
    public void close() {
        all().forEach(FleetProcess::close);
        wires.close();
        store.close();
    }
}
