package io.gonkapulse.trackerpoller.site;

import java.time.Duration;

/** Hears of every exchange with a site. */
public interface SiteWatch {

    /**
     * One exchange is over.
     *
     * @param outcome ok, or the reason of its failure in lower case
     */
    void asked(String url, String outcome, Duration took);
}
