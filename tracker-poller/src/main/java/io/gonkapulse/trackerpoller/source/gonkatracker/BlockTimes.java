package io.gonkapulse.trackerpoller.source.gonkatracker;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * When blocks were made, as far as it follows from those whose time was told: between two of them by proportion, outside of
 * them by the average that was told last.
 */
final class BlockTimes {

    /** Closer ones are not worth keeping both. */
    private static final long APART = 100;

    private static final int MOST = 2_000;
    private static final double SLOWEST = 3_600;

    private final TreeMap<Long, Instant> told = new TreeMap<>();
    private double averageSeconds;

    synchronized void tell(TrackerHead head) {
        TrackerHead.Block newest = head.newestBlock();
        BigDecimal average = head.averageBlockSeconds();
        if (newest != null && average != null && isCredible(average.doubleValue())) {
            tell(newest.height(), newest.time(), average.doubleValue());
        }
    }

    /** Whether anything follows from anything. */
    synchronized boolean any() {
        return !told.isEmpty();
    }

    synchronized Optional<Instant> at(long height) {
        Map.Entry<Long, Instant> before = told.floorEntry(height);
        Map.Entry<Long, Instant> after = told.ceilingEntry(height);
        if (before != null && after != null && after.getKey() > before.getKey()) {
            double seconds = seconds(before.getValue(), after.getValue()) / (after.getKey() - before.getKey());
            return Optional.of(later(before, height, seconds));
        }
        Map.Entry<Long, Instant> only = before == null ? after : before;
        return Optional.ofNullable(only).map(anchor -> later(anchor, height, averageSeconds));
    }

    private static boolean isCredible(double average) {
        return average > 0 && average <= SLOWEST;
    }

    private void tell(long height, Instant time, double average) {
        if (contradicts(told.lowerEntry(height), height, time) || contradicts(told.higherEntry(height), height, time)) {
            // One of them is wrong, and nobody can say which: what is told from now on decides.
            told.clear();
        }
        averageSeconds = average;
        dropNeighbour(height);
        told.put(height, time);
        if (told.size() > MOST) {
            told.pollFirstEntry();
        }
    }

    private static boolean contradicts(Map.Entry<Long, Instant> other, long height, Instant time) {
        return other != null && (other.getKey() < height) != other.getValue().isBefore(time);
    }

    /** Keeps the newest of all, which is the last before timing stops being told, and drops what stands close before it. */
    private void dropNeighbour(long height) {
        Long last = told.lowerKey(height);
        Long beforeLast = last == null ? null : told.lowerKey(last);
        if (last != null && beforeLast != null && height - beforeLast < APART) {
            told.remove(last);
        }
    }

    private static Instant later(Map.Entry<Long, Instant> anchor, long height, double seconds) {
        double nanos = (height - anchor.getKey()) * seconds * 1e9;
        return anchor.getValue().plusNanos(Math.round(nanos));
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }
}
