package io.gonkapulse.trackerpoller.http;

import java.time.Duration;

/** Hears of every exchange with a site. */
public interface TrackerRequestListener {

    /**
     * One exchange is over.
     *
     * @param outcome ok, or the reason of its failure in lower case
     */
    void onRequestCompleted(String url, String outcome, Duration duration);
}
