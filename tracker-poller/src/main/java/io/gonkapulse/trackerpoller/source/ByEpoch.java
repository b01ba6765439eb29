package io.gonkapulse.trackerpoller.source;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers something of epochs, and forgets those that it learned of first when they become too many. */
public final class ByEpoch<T> {

    private static final int MOST = 1_000;

    private final Map<Long, T> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, T> eldest) {
            return size() > MOST;
        }
    };

    public synchronized Optional<T> get(long epoch) {
        return Optional.ofNullable(known.get(epoch));
    }

    public synchronized void put(long epoch, T value) {
        known.put(epoch, value);
    }
}
