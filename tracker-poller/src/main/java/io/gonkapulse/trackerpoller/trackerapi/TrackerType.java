package io.gonkapulse.trackerpoller.trackerapi;

/**
 * A type of tracker. To add one, implement this and {@link TrackerApi} in a package of its own, register it in {@code
 * TrackerPollerConfiguration.trackerFactory}, describe it in TRACKER-TYPES.md, and give it a {@code
 * TrackerTypeFixture}, so that the conformance tests run with it.
 */
public interface TrackerType {

    /** The value of the setting {@code KIND}, also in messages and meters; it cannot change later. */
    String name();

    /** Creates the API of one tracker. */
    TrackerApi createApi();
}
