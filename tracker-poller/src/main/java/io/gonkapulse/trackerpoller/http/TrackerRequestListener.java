package io.gonkapulse.trackerpoller.http;

import java.time.Duration;

/** Receives every exchange with an address. */
public interface TrackerRequestListener {

    /**
     * Called after each exchange.
     *
     * @param outcome ok, or the failure reason in lower case
     */
    void onRequestCompleted(String url, String outcome, Duration duration);
}
