package io.gonkapulse.chaos;

import io.gonkapulse.localservers.BrokerListener;
import io.gonkapulse.localservers.LocalBrokerCluster;
import io.gonkapulse.localservers.LoopbackPort;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All proxies: one for each pair of communicating programs. Each broker has one listener per service behind its
 * proxy.
 */
final class ServiceProxies implements AutoCloseable {

    private final Map<ServiceRole, List<TcpProxy>> toKafka = new EnumMap<>(ServiceRole.class);
    private final Map<ServiceRole, TcpProxy> toDatabase = new EnumMap<>(ServiceRole.class);
    private final List<List<BrokerListener>> listeners;
    private final TcpProxy toTracker;
    private final TcpProxy toChain;

    ServiceProxies(LocalBrokerCluster cluster, int database, int tracker, int chain) {
        int brokers = cluster.ports().size();
        listeners = IntStream.range(0, brokers)
                .mapToObj(broker -> (List<BrokerListener>) new ArrayList<BrokerListener>())
                .toList();
        for (ServiceRole role : ServiceRole.values()) {
            if (role.needsKafka()) {
                toKafka.put(role, createKafkaProxies(role));
            }
            if (role.needsDatabase()) {
                toDatabase.put(role, proxyTo(database));
            }
        }
        toTracker = proxyTo(tracker);
        toChain = proxyTo(chain);
    }

    private List<TcpProxy> createKafkaProxies(ServiceRole role) {
        List<TcpProxy> proxies = new ArrayList<>();
        for (List<BrokerListener> brokerListeners : listeners) {
            List<Integer> ports = LoopbackPort.findFree(2);
            brokerListeners.add(BrokerListener.plain(role.name(), ports.get(0), ports.get(1)));
            proxies.add(TcpProxy.open(ports.get(1), ports.get(0)));
        }
        return proxies;
    }

    private static TcpProxy proxyTo(int target) {
        return TcpProxy.open(LoopbackPort.findFree(1).get(0), target);
    }

    List<BrokerListener> listenersOf(int broker) {
        return listeners.get(broker);
    }

    List<TcpProxy> toKafka(ServiceRole role) {
        return toKafka.getOrDefault(role, List.of());
    }

    String bootstrapServers(ServiceRole role) {
        return toKafka(role).stream().map(proxy -> "127.0.0.1:" + proxy.port()).collect(Collectors.joining(","));
    }

    List<TcpProxy> toDatabase(ServiceRole role) {
        TcpProxy proxy = toDatabase.get(role);
        return proxy == null ? List.of() : List.of(proxy);
    }

    int databasePort(ServiceRole role) {
        return toDatabase(role).get(0).port();
    }

    TcpProxy toTracker() {
        return toTracker;
    }

    TcpProxy toChain() {
        return toChain;
    }

    @Override
    public void close() {
        toKafka.values().forEach(proxies -> proxies.forEach(TcpProxy::close));
        toDatabase.values().forEach(TcpProxy::close);
        toTracker.close();
        toChain.close();
    }
}
