package io.gonkapulse.networksimulator.faults;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The active faults of an endpoint and the number of requests for which each stays active. Thread-safe. */
public final class EndpointFaultRegistry {

    private static final int UNLIMITED = Integer.MAX_VALUE;

    private final Map<EndpointFault, Integer> remainingRequests = new EnumMap<>(EndpointFault.class);

    public synchronized void inject(EndpointFault fault) {
        remainingRequests.put(fault, UNLIMITED);
    }

    /** Injects a fault for a number of requests, after which it ends by itself. */
    public synchronized void injectFor(EndpointFault fault, int requests) {
        if (requests < 1) {
            throw new IllegalArgumentException(
                    "Expected at least 1 request, got " + requests + "; use remove() to end a fault");
        }
        remainingRequests.put(fault, requests);
    }

    public synchronized void remove(EndpointFault fault) {
        remainingRequests.remove(fault);
    }

    public synchronized void removeAll() {
        remainingRequests.clear();
    }

    public synchronized Set<EndpointFault> active() {
        return remainingRequests.isEmpty() ? Set.of() : EnumSet.copyOf(remainingRequests.keySet());
    }

    /** Returns the faults of the next request and counts that request. */
    public synchronized Set<EndpointFault> consumeRequest() {
        Set<EndpointFault> faults = active();
        remainingRequests.replaceAll((fault, remaining) -> remaining == UNLIMITED ? remaining : remaining - 1);
        remainingRequests.values().removeIf(remaining -> remaining == 0);
        return faults;
    }
}
