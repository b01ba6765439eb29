package io.gonkapulse.trackerpoller.trackerapi.gonkatracker;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Estimates block times from known ones: by interpolation between two blocks, by the average block time outside.
 * Thread-safe.
 */
final class BlockTimeIndex {

    /** Closer blocks add no accuracy. */
    private static final long MIN_DISTANCE = 100;

    private static final int MAX_BLOCKS = 2_000;
    private static final double MAX_AVERAGE_SECONDS = 3_600;

    private final TreeMap<Long, Instant> knownTimes = new TreeMap<>();
    private double averageSeconds;

    synchronized void add(TrackerEpochHeader header) {
        TrackerEpochHeader.NewestBlock newest = header.newestBlock();
        BigDecimal average = header.averageBlockSeconds();
        if (newest != null && average != null && isCredible(average.doubleValue())) {
            add(newest.height(), newest.time(), average.doubleValue());
        }
    }

    /** Whether any estimate is possible. */
    synchronized boolean hasBlocks() {
        return !knownTimes.isEmpty();
    }

    synchronized Optional<Instant> timeAt(long height) {
        Map.Entry<Long, Instant> before = knownTimes.floorEntry(height);
        Map.Entry<Long, Instant> after = knownTimes.ceilingEntry(height);
        if (before != null && after != null && after.getKey() > before.getKey()) {
            double seconds = seconds(before.getValue(), after.getValue()) / (after.getKey() - before.getKey());
            return Optional.of(extrapolate(before, height, seconds));
        }
        Map.Entry<Long, Instant> only = before == null ? after : before;
        return Optional.ofNullable(only).map(anchor -> extrapolate(anchor, height, averageSeconds));
    }

    private static boolean isCredible(double average) {
        return average > 0 && average <= MAX_AVERAGE_SECONDS;
    }

    private void add(long height, Instant time, double average) {
        if (contradicts(knownTimes.lowerEntry(height), height, time)
                || contradicts(knownTimes.higherEntry(height), height, time)) {
            // One of them is wrong, and which is unknown. The next reports decide.
            knownTimes.clear();
        }
        averageSeconds = average;
        dropNeighbour(height);
        knownTimes.put(height, time);
        if (knownTimes.size() > MAX_BLOCKS) {
            knownTimes.pollFirstEntry();
        }
    }

    /** A higher block cannot have an earlier time. */
    private static boolean contradicts(Map.Entry<Long, Instant> other, long height, Instant time) {
        return other != null && (other.getKey() < height) != other.getValue().isBefore(time);
    }

    /**
     * Keeps the newest block, because trackers stop reporting times during the preparation of an epoch. Drops its close
     * predecessor.
     */
    private void dropNeighbour(long height) {
        Long last = knownTimes.lowerKey(height);
        Long beforeLast = last == null ? null : knownTimes.lowerKey(last);
        if (last != null && beforeLast != null && height - beforeLast < MIN_DISTANCE) {
            knownTimes.remove(last);
        }
    }

    private static Instant extrapolate(Map.Entry<Long, Instant> anchor, long height, double seconds) {
        double nanos = (height - anchor.getKey()) * seconds * 1e9;
        return anchor.getValue().plusNanos(Math.round(nanos));
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }
}
