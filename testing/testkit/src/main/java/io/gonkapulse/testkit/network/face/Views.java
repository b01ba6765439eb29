package io.gonkapulse.testkit.network.face;

import io.gonkapulse.testkit.network.answer.View;
import io.gonkapulse.testkit.network.chain.Calendar;
import io.gonkapulse.testkit.network.model.NetworkModel;
import io.gonkapulse.testkit.network.quirk.Quirk;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/**
 * Which moment a face looks at. Quirks of time move the look into the past and never falsify it: what they show was true
 * at the height that they name.
 */
final class Views {

    private static final Duration STALE_BY = Duration.ofMinutes(45);
    private static final int BLOCKS_BEHIND = 150;

    /** Trackers do not look at the chain on whole seconds. */
    private static final long OFF_THE_SECOND = 900_851_000;

    private final NetworkModel model;
    private final Calendar calendar;
    private final InstantSource clock;

    Views(NetworkModel model, InstantSource clock) {
        this.model = model;
        this.calendar = model.calendar();
        this.clock = clock;
    }

    /** What a tracker looked at when it last filled its cache. */
    View ofTracker(Set<Quirk> quirks) {
        Duration assembly = model.plan().trackerAssembly();
        Instant filled = filled(clock.instant().minus(assembly));
        Instant begun = quirks.contains(Quirk.STALE_DATA) ? filled.minus(STALE_BY) : filled;
        Instant cachedAt = begun.plus(assembly);
        long height = height(begun, quirks);
        long newest = height + calendar.heightAt(cachedAt) - calendar.heightAt(begun);
        return new View(calendar.currentEpoch(height), height, calendar.blockTime(height), cachedAt, newest);
    }

    /** What a node knows now. */
    View ofNode(Set<Quirk> quirks) {
        Instant now = clock.instant();
        Instant seen = quirks.contains(Quirk.STALE_DATA) ? now.minus(STALE_BY) : now;
        return current(height(seen, quirks), seen);
    }

    /** The epoch that is current at a height, as of that height. */
    View current(long height, Instant cachedAt) {
        return new View(calendar.currentEpoch(height), height, calendar.blockTime(height), cachedAt, height);
    }

    /** The last height at which trackers look at a past epoch; shortly before its settlement. */
    long lastHeight(long epoch) {
        return calendar.settlementHeight(epoch) - 8;
    }

    View past(long epoch, long height, Instant cachedAt) {
        return new View(epoch, height, calendar.blockTime(height), cachedAt, height);
    }

    private long height(Instant instant, Set<Quirk> quirks) {
        long height = calendar.heightAt(instant);
        if (quirks.contains(Quirk.OLDER_HEIGHT)) {
            height -= BLOCKS_BEHIND;
        }
        if (quirks.contains(Quirk.ZEROS_UNDER_OLD_EPOCH)) {
            height = Math.min(height, calendar.effectiveHeight(calendar.newestSettledEpoch(height) + 1) - 1);
        }
        if (quirks.contains(Quirk.LATEST_AHEAD_OF_CURRENT)) {
            height = Math.min(height, calendar.settlementHeight(calendar.latestEpoch(height) - 1) - 1);
        }
        return height;
    }

    private Instant filled(Instant now) {
        long grid = model.plan().trackerCache().toNanos();
        long nanos = Duration.between(Instant.EPOCH, now).toNanos() - OFF_THE_SECOND;
        return Instant.EPOCH.plusNanos(Math.floorDiv(nanos, grid) * grid + OFF_THE_SECOND);
    }
}
