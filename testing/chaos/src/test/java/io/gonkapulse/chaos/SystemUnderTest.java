package io.gonkapulse.chaos;

import io.gonkapulse.localservers.LocalBrokerCluster;
import io.gonkapulse.localservers.LoopbackPort;
import io.gonkapulse.testkit.process.ProgramProcess;
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

/** All processes: three brokers, the database, and replicas of each service. */
final class SystemUnderTest implements AutoCloseable {

    static final int BROKERS = 3;

    private static final String BROKER_HEAP = "400m";
    private static final String SERVICE_HEAP = "200m";

    private final Path home;
    private final LocalBrokerCluster cluster = LocalBrokerCluster.of(BROKERS);
    private final ChaosNetwork network;
    private final ChaosDatabase database;
    private final ServiceProxies proxies;
    private final List<ManagedProcess> brokers;
    private final Map<ServiceRole, List<ManagedProcess>> services = new EnumMap<>(ServiceRole.class);
    private final Map<ManagedProcess, Integer> ports = new HashMap<>();

    /**
     * Starts everything without waiting for readiness.
     *
     * @param replicas replicas of each service
     */
    SystemUnderTest(Path home, SmallDisk disk, ChaosNetwork network, int replicas) {
        this.home = home;
        this.network = network;
        try {
            Files.createDirectories(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Integer> free = LoopbackPort.findFree(1);
        this.proxies = new ServiceProxies(
                cluster, free.get(0), network.tracker().port(), network.chain().port());
        this.brokers = IntStream.range(0, BROKERS).mapToObj(this::broker).toList();
        brokers.forEach(ManagedProcess::start);
        this.database = ChaosDatabase.create(home.resolve("postgres"), free.get(0), disk);
        for (ServiceRole role : ServiceRole.values()) {
            services.put(
                    role,
                    IntStream.rangeClosed(1, replicas)
                            .mapToObj(number -> service(role, number, replicas))
                            .toList());
        }
        services().forEach(ManagedProcess::start);
    }

    private ManagedProcess broker(int number) {
        Path data = home.resolve("broker-" + number);
        return new ManagedProcess(
                "broker-" + (number + 1),
                home,
                ProgramProcess.of(ClusterBrokerMain.class)
                        .heap(BROKER_HEAP)
                        .arguments(ClusterBrokerMain.arguments(cluster, number, data, proxies.listenersOf(number))));
    }

    private ManagedProcess service(ServiceRole role, int number, int replicas) {
        String name = role.service() + "-" + number;
        int port = LoopbackPort.findFree(1).get(0);
        ManagedProcess process = new ManagedProcess(
                name,
                home,
                ProgramProcess.of(role.program())
                        .heap(SERVICE_HEAP)
                        .environment(ChaosServiceSettings.of(role, name, port, proxies, replicas == 1))
                        .arguments("run"));
        ports.put(process, port);
        return process;
    }

    ChaosNetwork network() {
        return network;
    }

    ChaosDatabase database() {
        return database;
    }

    ServiceProxies proxies() {
        return proxies;
    }

    /** Direct addresses of the brokers, without proxies. */
    String bootstrapServers() {
        return cluster.bootstrapServers();
    }

    List<ManagedProcess> brokers() {
        return brokers;
    }

    List<ManagedProcess> services(ServiceRole role) {
        return services.getOrDefault(role, List.of());
    }

    Stream<ManagedProcess> services() {
        return services.values().stream().flatMap(List::stream);
    }

    int port(ManagedProcess service) {
        return ports.getOrDefault(service, 0);
    }

    List<ManagedProcess> all() {
        List<ManagedProcess> all = new ArrayList<>(brokers);
        services().forEach(all::add);
        return all;
    }

    @Override
    public void close() {
        all().forEach(ManagedProcess::close);
        proxies.close();
        database.close();
    }
}
