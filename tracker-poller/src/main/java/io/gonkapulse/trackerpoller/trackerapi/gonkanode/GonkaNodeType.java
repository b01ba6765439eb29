package io.gonkapulse.trackerpoller.trackerapi.gonkanode;

import io.gonkapulse.trackerpoller.trackerapi.ChainEpochRegistry;
import io.gonkapulse.trackerpoller.trackerapi.TrackerApi;
import io.gonkapulse.trackerpoller.trackerapi.TrackerType;

/** Chain nodes: exact counters and rewards, but neither health nor jail. */
public final class GonkaNodeType implements TrackerType {

    private final ChainEpochRegistry chain;

    public GonkaNodeType() {
        this(new ChainEpochRegistry());
    }

    /** @param chain receives the reported epochs */
    public GonkaNodeType(ChainEpochRegistry chain) {
        this.chain = chain;
    }

    @Override
    public String name() {
        return "gonka-node";
    }

    @Override
    public TrackerApi createApi() {
        return new GonkaNodeApi(chain);
    }
}
