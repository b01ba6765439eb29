package io.gonkapulse.trackerpoller.source.gonkanode;

import io.gonkapulse.trackerpoller.source.ChainEpochs;
import io.gonkapulse.trackerpoller.source.Source;
import io.gonkapulse.trackerpoller.source.TrackerKind;

/** Chain nodes: they know counters and rewards to the ngonka, and neither health nor jail. */
public final class GonkaNode implements TrackerKind {

    private final ChainEpochs chain;

    public GonkaNode() {
        this(new ChainEpochs());
    }

    /** @param chain hears which epoch the chain is in */
    public GonkaNode(ChainEpochs chain) {
        this.chain = chain;
    }

    @Override
    public String name() {
        return "gonka-node";
    }

    @Override
    public Source source() {
        return new GonkaNodeSource(chain);
    }
}
