package io.gonkapulse.trackerpoller.source.gonkanode;

import io.gonkapulse.trackerpoller.site.Site;
import io.gonkapulse.trackerpoller.site.SiteException;
import io.gonkapulse.trackerpoller.site.SiteException.Reason;

/** Answers that do not fit each other, as they come when a site is several machines of which some are behind. */
final class Disagreement {

    private Disagreement() {}

    static SiteException of(Site site, String what) {
        return SiteException.of(Reason.UNUSABLE, "The answers of " + site.url() + " do not fit each other. " + what);
    }
}
