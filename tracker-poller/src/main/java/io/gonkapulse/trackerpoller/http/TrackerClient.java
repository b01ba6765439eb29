package io.gonkapulse.trackerpoller.http;

/**
 * One address of a tracker, for the time of one task: what it is asked is limited, retried and ended by the task's
 * deadline. Whoever asks knows nothing of the tracker's other addresses.
 */
public interface TrackerClient {

    /** As configured, without a slash at its end. */
    String url();

    /** The most bytes of one answer; an answer that comes in pages is one. */
    long bodyLimit();

    /**
     * The whole answer, which can be read as often as wanted until it is closed.
     *
     * @throws TrackerRequestException when nothing worth reading came: no answer in time, a refusal, a body that is too long, broken
     *     off, or not JSON
     */
    TrackerResponse get(TrackerRequest request);
}
