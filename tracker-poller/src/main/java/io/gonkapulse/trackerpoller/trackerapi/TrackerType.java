package io.gonkapulse.trackerpoller.trackerapi;

/** A type of tracker. Implement it and {@link TrackerApi} to support another one. */
public interface TrackerType {

    /** The value of the setting {@code KIND}. */
    String name();

    /** Creates the API of one tracker. */
    TrackerApi createApi();
}
