package io.gonkapulse.trackerpoller.trackerapi;

/** One way in which trackers speak. */
public interface TrackerType {

    /** The word for it in the configuration. */
    String name();

    /** For one tracker. */
    TrackerApi createApi();
}
