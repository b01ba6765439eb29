package io.gonkapulse.trackerpoller.source.gonkatracker;

import io.gonkapulse.trackerpoller.source.ChainEpochs;
import io.gonkapulse.trackerpoller.source.Source;
import io.gonkapulse.trackerpoller.source.TrackerKind;

/** Trackers as the network's own one is: they know health and jail, and rewards in whole GNK. */
public final class GonkaTracker implements TrackerKind {

    private final ChainEpochs chain;

    public GonkaTracker() {
        this(new ChainEpochs());
    }

    /** @param chain bounds the epochs that trackers may tell */
    public GonkaTracker(ChainEpochs chain) {
        this.chain = chain;
    }

    @Override
    public String name() {
        return "gonka-tracker";
    }

    @Override
    public Source source() {
        return new GonkaTrackerSource(chain);
    }
}
