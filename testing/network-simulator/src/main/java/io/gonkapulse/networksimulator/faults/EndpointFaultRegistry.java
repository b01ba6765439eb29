package io.gonkapulse.networksimulator.faults;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Which quirks a face shows now, and for how many requests yet. */
public final class EndpointFaultRegistry {

    private static final int UNLIMITED = Integer.MAX_VALUE;

    private final Map<EndpointFault, Integer> remainingRequests = new EnumMap<>(EndpointFault.class);

    public synchronized void inject(EndpointFault fault) {
        remainingRequests.put(fault, UNLIMITED);
    }

    public synchronized void injectFor(EndpointFault fault, int requests) {
        if (requests < 1) {
            throw new IllegalArgumentException("Expected at least 1 request, got " + requests + "; hide() hides");
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

    /** What the next request is shown; it counts as one. */
    public synchronized Set<EndpointFault> consumeRequest() {
        Set<EndpointFault> taken = active();
        remainingRequests.replaceAll((quirk, left) -> left == UNLIMITED ? left : left - 1);
        remainingRequests.values().removeIf(left -> left == 0);
        return taken;
    }
}
