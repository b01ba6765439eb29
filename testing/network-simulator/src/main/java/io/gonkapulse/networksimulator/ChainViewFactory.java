package io.gonkapulse.networksimulator;

import io.gonkapulse.networksimulator.api.ChainView;
import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.networksimulator.model.ChainCalendar;
import io.gonkapulse.networksimulator.model.NetworkModel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/**
 * Selects the height and time that a response is about. Faults of time select a past moment instead of inventing
 * values: every response was true at the height that it names.
 */
final class ChainViewFactory {

    private static final Duration STALE_AGE = Duration.ofMinutes(45);
    /** About a quarter of an hour. */
    private static final int BLOCKS_BEHIND = 150;

    /** Real trackers do not refresh on whole seconds. */
    private static final long SUBSECOND_OFFSET_NANOS = 900_851_000;

    private final NetworkModel model;
    private final ChainCalendar calendar;
    private final InstantSource clock;

    ChainViewFactory(NetworkModel model, InstantSource clock) {
        this.model = model;
        this.calendar = model.calendar();
        this.clock = clock;
    }

    /** The view at the tracker's last cache refresh. */
    ChainView trackerView(Set<EndpointFault> faults) {
        Duration assembly = model.plan().trackerAssemblyTime();
        Instant filled = lastCacheFill(clock.instant().minus(assembly));
        Instant begun = faults.contains(EndpointFault.STALE_DATA) ? filled.minus(STALE_AGE) : filled;
        Instant cachedAt = begun.plus(assembly);
        long height = height(begun, faults);
        long newest = height + calendar.heightAt(cachedAt) - calendar.heightAt(begun);
        return new ChainView(calendar.currentEpoch(height), height, calendar.blockTime(height), cachedAt, newest);
    }

    /** The current view of a chain node. */
    ChainView nodeView(Set<EndpointFault> faults) {
        Instant now = clock.instant();
        Instant seen = faults.contains(EndpointFault.STALE_DATA) ? now.minus(STALE_AGE) : now;
        return viewAt(height(seen, faults), seen);
    }

    /** The view of a height within the epoch that is current there. */
    ChainView viewAt(long height, Instant cachedAt) {
        return new ChainView(calendar.currentEpoch(height), height, calendar.blockTime(height), cachedAt, height);
    }

    /** The last height at which trackers query a past epoch, eight blocks before its settlement. */
    long lastHeight(long epoch) {
        return calendar.settlementHeight(epoch) - 8;
    }

    ChainView pastView(long epoch, long height, Instant cachedAt) {
        return new ChainView(epoch, height, calendar.blockTime(height), cachedAt, height);
    }

    /** The height at an instant, moved into the past by the faults of time. */
    private long height(Instant instant, Set<EndpointFault> faults) {
        long height = calendar.heightAt(instant);
        if (faults.contains(EndpointFault.OLDER_HEIGHT)) {
            height -= BLOCKS_BEHIND;
        }
        if (faults.contains(EndpointFault.ZEROS_UNDER_OLD_EPOCH)) {
            height = Math.min(height, calendar.effectiveHeight(calendar.newestSettledEpoch(height) + 1) - 1);
        }
        if (faults.contains(EndpointFault.LATEST_AHEAD_OF_CURRENT)) {
            height = Math.min(height, calendar.settlementHeight(calendar.latestEpoch(height) - 1) - 1);
        }
        return height;
    }

    /** Refreshes are on a fixed grid of the cache's TTL, so that all trackers of a network report the same data. */
    private Instant lastCacheFill(Instant now) {
        long grid = model.plan().trackerCacheTtl().toNanos();
        long nanos = Duration.between(Instant.EPOCH, now).toNanos() - SUBSECOND_OFFSET_NANOS;
        return Instant.EPOCH.plusNanos(Math.floorDiv(nanos, grid) * grid + SUBSECOND_OFFSET_NANOS);
    }
}
