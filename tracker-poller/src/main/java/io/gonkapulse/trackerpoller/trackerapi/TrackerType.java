package io.gonkapulse.trackerpoller.trackerapi;

/**
 * A type of tracker. To add one, implement this and {@link TrackerApi} in a package of its own, register it in {@code
 * TrackerPollerConfiguration.trackerFactory}, and describe it in KINDS.md. The conformance tests then take it as one
 * more fixture.
 */
public interface TrackerType {

    /** The value of the setting {@code KIND}, also in messages and meters; it cannot change later. */
    String name();

    /** Creates the API of one tracker. */
    TrackerApi createApi();
}
