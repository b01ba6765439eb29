package io.gonkapulse.trackerpoller.trackerapi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A bounded cache of values by epoch; evicts the oldest entry. Thread-safe. */
public final class EpochCache<T> {

    private static final int MAX_EPOCHS = 1_000;

    private final Map<Long, T> values = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, T> eldest) {
            return size() > MAX_EPOCHS;
        }
    };

    public synchronized Optional<T> get(long epoch) {
        return Optional.ofNullable(values.get(epoch));
    }

    public synchronized void put(long epoch, T value) {
        values.put(epoch, value);
    }
}
