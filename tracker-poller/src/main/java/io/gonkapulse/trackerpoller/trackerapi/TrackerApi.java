package io.gonkapulse.trackerpoller.trackerapi;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import java.util.Optional;

/**
 * A tracker in the language of its kind: it knows what to ask one site and what the answers mean, and nothing of
 * schedules, other sites or Kafka. There is one for each tracker; its methods may be called by several threads.
 *
 * <p>Each of them throws {@link TrackerRequestException} when the site has nothing worth reading.
 */
public interface TrackerApi {

    /** The running epoch; close it after reading. */
    CurrentEpochResponse currentEpoch(TrackerClient site);

    /** An epoch that is over, without what each node got for it. */
    PastEpoch pastEpoch(TrackerClient site, long epoch);

    /** What came of an epoch for one node; empty when the site does not know yet. */
    Optional<NodeResult> nodeResult(TrackerClient site, PastEpoch epoch, NodeIdentifier node);

    /** What the node reports to run on; empty when it reports nothing. */
    Optional<NodeHardware> hardware(TrackerClient site, NodeIdentifier node);
}
