package io.gonkapulse.trackerpoller.trackerapi.gonkatracker;

import io.gonkapulse.trackerpoller.trackerapi.ChainEpochRegistry;
import io.gonkapulse.trackerpoller.trackerapi.TrackerApi;
import io.gonkapulse.trackerpoller.trackerapi.TrackerType;

/** Trackers like the official one: health, jail and rewards in whole GNK. */
public final class GonkaTrackerType implements TrackerType {

    private final ChainEpochRegistry chain;

    public GonkaTrackerType() {
        this(new ChainEpochRegistry());
    }

    /** @param chain limits the epochs that trackers may report */
    public GonkaTrackerType(ChainEpochRegistry chain) {
        this.chain = chain;
    }

    @Override
    public String name() {
        return "gonka-tracker";
    }

    @Override
    public TrackerApi createApi() {
        return new GonkaTrackerApi(chain);
    }
}
