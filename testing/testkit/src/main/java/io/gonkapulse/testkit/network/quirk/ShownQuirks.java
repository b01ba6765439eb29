package io.gonkapulse.testkit.network.quirk;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Which quirks a face shows now, and for how many requests yet. */
public final class ShownQuirks {

    private static final int FOR_EVER = Integer.MAX_VALUE;

    private final Map<Quirk, Integer> requestsLeft = new EnumMap<>(Quirk.class);

    public synchronized void show(Quirk quirk) {
        requestsLeft.put(quirk, FOR_EVER);
    }

    public synchronized void showFor(Quirk quirk, int requests) {
        if (requests < 1) {
            throw new IllegalArgumentException("Expected at least 1 request, got " + requests + "; hide() hides");
        }
        requestsLeft.put(quirk, requests);
    }

    public synchronized void hide(Quirk quirk) {
        requestsLeft.remove(quirk);
    }

    public synchronized void hideAll() {
        requestsLeft.clear();
    }

    public synchronized Set<Quirk> shown() {
        return requestsLeft.isEmpty() ? Set.of() : EnumSet.copyOf(requestsLeft.keySet());
    }

    /** What the next request is shown; it counts as one. */
    public synchronized Set<Quirk> take() {
        Set<Quirk> taken = shown();
        requestsLeft.replaceAll((quirk, left) -> left == FOR_EVER ? left : left - 1);
        requestsLeft.values().removeIf(left -> left == 0);
        return taken;
    }
}
