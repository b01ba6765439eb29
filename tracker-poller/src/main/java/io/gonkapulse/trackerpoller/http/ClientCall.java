package io.gonkapulse.trackerpoller.http;

/** What is to be done at one site or another. */
public interface ClientCall<T> {

    /**
     * Does it there.
     *
     * @throws TrackerRequestException if this site is no good; another one is asked then
     */
    T execute(TrackerClient site);
}
