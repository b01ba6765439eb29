package io.gonkapulse.trackerpoller.source;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.site.Site;
import io.gonkapulse.trackerpoller.site.SiteException;
import java.util.Optional;

/**
 * A tracker in the language of its kind: it knows what to ask one site and what the answers mean, and nothing of
 * schedules, other sites or Kafka. There is one for each tracker; its methods may be called by several threads.
 *
 * <p>Each of them throws {@link SiteException} when the site has nothing worth reading.
 */
public interface Source {

    /** The running epoch; close it after reading. */
    CurrentEpoch current(Site site);

    /** An epoch that is over, without what each node got for it. */
    PastEpoch past(Site site, long epoch);

    /** What came of an epoch for one node; empty when the site does not know yet. */
    Optional<NodeResult> result(Site site, PastEpoch epoch, NodeIdentifier node);

    /** What the node reports to run on; empty when it reports nothing. */
    Optional<Hardware> hardware(Site site, NodeIdentifier node);
}
