package io.gonkapulse.trackerpoller.http;

/** Work that needs one address of a tracker. */
public interface ClientCall<T> {

    /**
     * Runs against one address.
     *
     * @throws TrackerRequestException if this address fails; the next one is tried then
     */
    T execute(TrackerClient client);
}
