package io.gonkapulse.trackerpoller.http;

/**
 * One address of a tracker for one task. The caller does not see the other addresses. {@link FailoverClient} composes
 * what happens to a request: deadline, retries ({@link RetryingClient}), circuit, limits, cache, redirects.
 */
public interface TrackerClient {

    /** As configured, without a slash at the end. */
    String url();

    /** The largest response in bytes; the pages of one list count as one response. */
    long bodyLimit();

    /**
     * Returns a response that can be read several times until it is closed.
     *
     * @throws TrackerRequestException when the address gives no usable response: timeout, refusal, too long, broken
     *     off, or not JSON
     */
    TrackerResponse get(TrackerRequest request);
}
