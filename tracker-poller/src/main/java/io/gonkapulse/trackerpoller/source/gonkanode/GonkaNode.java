package io.gonkapulse.trackerpoller.source.gonkanode;

import io.gonkapulse.trackerpoller.source.Source;
import io.gonkapulse.trackerpoller.source.TrackerKind;

/** Chain nodes: they know counters and rewards to the ngonka, and neither health nor jail. */
public final class GonkaNode implements TrackerKind {

    @Override
    public String name() {
        return "gonka-node";
    }

    @Override
    public Source source() {
        return new GonkaNodeSource();
    }
}
