package io.gonkapulse.trackerpoller.site;

/** What is to be done at one site or another. */
public interface SiteCall<T> {

    /**
     * Does it there.
     *
     * @throws SiteException if this site is no good; another one is asked then
     */
    T on(Site site);
}
