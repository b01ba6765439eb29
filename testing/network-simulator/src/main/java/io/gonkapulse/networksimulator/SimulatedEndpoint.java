package io.gonkapulse.networksimulator;

import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.networksimulator.faults.EndpointFaultRegistry;
import io.gonkapulse.networksimulator.http.LoopbackHttpServer;
import io.gonkapulse.networksimulator.http.LoopbackHttpServer.ExchangeHandler;
import io.gonkapulse.networksimulator.model.NetworkModel;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP address of the simulated network, a tracker's or a chain node's. All endpoints of a network report the
 * same data, apart from the faults injected into each. Thread-safe.
 */
public final class SimulatedEndpoint implements AutoCloseable {

    private final EndpointFaultRegistry faults = new EndpointFaultRegistry();
    private final ResponseCounts counts = new ResponseCounts();
    private final ExchangeHandler exchangeHandler;
    private final InetSocketAddress address;
    private @Nullable LoopbackHttpServer server;

    private SimulatedEndpoint(EndpointHandler handler, InetSocketAddress wanted) {
        exchangeHandler = new EndpointExchangeHandler(handler, faults, counts);
        server = LoopbackHttpServer.start(wanted, exchangeHandler);
        address = new InetSocketAddress(wanted.getAddress(), server.port());
    }

    /** Opens a tracker whose paths begin with {@code prefix}, usually {@code /api/v1}. */
    public static SimulatedEndpoint tracker(
            NetworkModel model, InstantSource clock, InetSocketAddress at, String prefix) {
        return new SimulatedEndpoint(new TrackerEndpointHandler(model, new ChainViewFactory(model, clock), prefix), at);
    }

    /** Opens a chain node with its own API, the chain's state and the consensus RPC. */
    public static SimulatedEndpoint node(NetworkModel model, InstantSource clock, InetSocketAddress at) {
        return new SimulatedEndpoint(new NodeEndpointHandler(model, new ChainViewFactory(model, clock)), at);
    }

    /** The base URL without a trailing slash. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** The same address with https. Its TLS handshake always fails. */
    public String secureUrl() {
        return "https://127.0.0.1:" + port();
    }

    public int port() {
        return address.getPort();
    }

    /** Injects faults into every response from the next request on. */
    public void injectFaults(EndpointFault... injected) {
        for (EndpointFault fault : injected) {
            faults.inject(fault);
        }
    }

    /** Injects a fault into the next {@code requests} responses only. */
    public void injectFaultFor(int requests, EndpointFault fault) {
        faults.injectFor(fault, requests);
    }

    public void removeFaults(EndpointFault... removed) {
        for (EndpointFault fault : removed) {
            faults.remove(fault);
        }
    }

    public void removeAllFaults() {
        faults.removeAll();
    }

    /** The faults that the next request receives. */
    public Set<EndpointFault> activeFaults() {
        return faults.active();
    }

    /** The number of requests so far, whatever their outcome. */
    public long requestCount() {
        return counts.total();
    }

    /** Requests of a route, whatever their outcome. */
    public long requestCount(EndpointRoute route) {
        return counts.count(route);
    }

    /** Requests of a route that received a status, including statuses that faults produced. */
    public long requestCount(EndpointRoute route, int status) {
        return counts.count(route, status);
    }

    /** Closes all connections and refuses new ones. Does nothing if it is stopped. */
    public synchronized void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /** Listens again on the same port with the same faults. Does nothing if it is running. */
    public synchronized void start() {
        if (server == null) {
            server = LoopbackHttpServer.start(address, exchangeHandler);
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** Counts responses by route and status. Thread-safe. */
    static final class ResponseCounts {

        private final ConcurrentMap<RouteStatus, LongAdder> counts = new ConcurrentHashMap<>();

        private record RouteStatus(EndpointRoute route, int status) {}

        void add(EndpointRoute route, int status) {
            counts.computeIfAbsent(new RouteStatus(route, status), key -> new LongAdder())
                    .increment();
        }

        long total() {
            return sum(counted -> true);
        }

        long count(EndpointRoute route) {
            return sum(counted -> counted.route() == route);
        }

        long count(EndpointRoute route, int status) {
            return sum(counted -> counted.equals(new RouteStatus(route, status)));
        }

        private long sum(Predicate<RouteStatus> which) {
            return counts.entrySet().stream()
                    .filter(entry -> which.test(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .mapToLong(LongAdder::sum)
                    .sum();
        }
    }
}
