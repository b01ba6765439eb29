package io.gonkapulse.trackerpoller.source;

/** One way in which trackers speak. */
public interface TrackerKind {

    /** The word for it in the configuration. */
    String name();

    /** For one tracker. */
    Source source();
}
