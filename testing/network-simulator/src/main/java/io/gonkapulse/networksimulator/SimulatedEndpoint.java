package io.gonkapulse.networksimulator;

import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.networksimulator.faults.EndpointFaultRegistry;
import io.gonkapulse.networksimulator.http.ExchangeHandler;
import io.gonkapulse.networksimulator.http.LoopbackHttpServer;
import io.gonkapulse.networksimulator.model.NetworkModel;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One address of the network: a tracker's or a chain node's. Several faces of one network say the same, except for the
 * quirks that each is told to show.
 */
public final class SimulatedEndpoint implements AutoCloseable {

    private final EndpointFaultRegistry faults = new EndpointFaultRegistry();
    private final EndpointResponseCounts counts = new EndpointResponseCounts();
    private final ExchangeHandler exchangeHandler;
    private final InetSocketAddress address;
    private @Nullable LoopbackHttpServer server;

    private SimulatedEndpoint(EndpointHandler handler, InetSocketAddress wanted) {
        exchangeHandler = new EndpointExchangeHandler(handler, faults, counts);
        server = LoopbackHttpServer.start(wanted, exchangeHandler);
        address = new InetSocketAddress(wanted.getAddress(), server.port());
    }

    /** A tracker whose paths begin with {@code prefix}, usually {@code /api/v1}. */
    public static SimulatedEndpoint tracker(
            NetworkModel model, InstantSource clock, InetSocketAddress at, String prefix) {
        return new SimulatedEndpoint(new TrackerEndpointHandler(model, new ChainViewFactory(model, clock), prefix), at);
    }

    public static SimulatedEndpoint node(NetworkModel model, InstantSource clock, InetSocketAddress at) {
        return new SimulatedEndpoint(new NodeEndpointHandler(model, new ChainViewFactory(model, clock)), at);
    }

    /** Without a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** The same address by https, whose handshake always fails. */
    public String secureUrl() {
        return "https://127.0.0.1:" + port();
    }

    public int port() {
        return address.getPort();
    }

    /** Shows quirks from the next request on. */
    public void injectFaults(EndpointFault... shown) {
        for (EndpointFault fault : shown) {
            faults.inject(fault);
        }
    }

    /** Shows a quirk to the next requests only. */
    public void injectFaultFor(int requests, EndpointFault fault) {
        faults.injectFor(fault, requests);
    }

    public void removeFaults(EndpointFault... hidden) {
        for (EndpointFault fault : hidden) {
            faults.remove(fault);
        }
    }

    public void removeAllFaults() {
        faults.removeAll();
    }

    public Set<EndpointFault> activeFaults() {
        return faults.active();
    }

    /** All requests so far, whatever came of them. */
    public long requestCount() {
        return counts.total();
    }

    public long requestCount(EndpointRoute route) {
        return counts.count(route);
    }

    public long requestCount(EndpointRoute route, int status) {
        return counts.count(route, status);
    }

    /** Refuses connections from now on, and cuts those that are open; harmless when stopped. */
    public synchronized void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /** Answers again, on the same port and with the same quirks; harmless when it does already. */
    public synchronized void start() {
        if (server == null) {
            server = LoopbackHttpServer.start(address, exchangeHandler);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
