package io.gonkapulse.trackerpoller.trackerapi;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import io.gonkapulse.trackerpoller.trackerapi.NodeHardwareBuilder.NodeHardware;
import java.util.Optional;

/**
 * Requests one tracker and understands its responses. Implementations know nothing of schedules, other addresses or
 * Kafka, and never retry: {@link TrackerClient} does. One instance per tracker. Thread-safe. {@link TrackerType} says
 * how to add one.
 *
 * <p>All methods throw {@link TrackerRequestException} when the address gives no usable response.
 */
public interface TrackerApi {

    /** Fetches the running epoch; the caller closes the response. */
    CurrentEpochResponse currentEpoch(TrackerClient client);

    /** Fetches a past epoch without the results of its nodes. */
    PastEpoch pastEpoch(TrackerClient client, long epoch);

    /** Fetches the result of one node; empty when it is not known yet. */
    Optional<NodeResult> nodeResult(TrackerClient client, PastEpoch epoch, NodeIdentifier node);

    /** Fetches the hardware of one node; empty when the node reports none. */
    Optional<NodeHardware> hardware(TrackerClient client, NodeIdentifier node);
}
