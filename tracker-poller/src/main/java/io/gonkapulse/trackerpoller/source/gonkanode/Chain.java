package io.gonkapulse.trackerpoller.source.gonkanode;

import io.gonkapulse.trackerpoller.site.Site;
import org.jspecify.annotations.Nullable;

/** Where a site says that the chain is. */
record Chain(Site site, ChainStatus status, @Nullable LatestEpoch latest) {

    static Chain ask(Site site) {
        return new Chain(site, ChainStatus.ask(site), LatestEpoch.ask(site).orElse(null));
    }

    /** For certain: it may also be, and the site does not tell. */
    boolean isBefore(long epoch) {
        return latest != null && latest.epoch() < epoch;
    }

    /** For certain, too. */
    boolean isAfter(long epoch) {
        return latest != null && latest.epoch() > epoch;
    }
}
