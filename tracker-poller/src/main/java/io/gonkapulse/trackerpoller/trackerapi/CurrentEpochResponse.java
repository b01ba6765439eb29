package io.gonkapulse.trackerpoller.trackerapi;

import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A response about the running epoch. Its header is parsed; its participants can be read several times. Not
 * thread-safe.
 */
public interface CurrentEpochResponse extends AutoCloseable {

    long epoch();

    /** When the response arrived. */
    Instant fetchedAt();

    /** The time of the reported data, never after {@link #fetchedAt}. */
    Instant observedAt();

    /** The block of the reported data. */
    @Nullable
    Long height();

    NetworkFacts network();

    /**
     * The participants in the order of the response. Each iterator reads the body once more, so that a large response
     * needs little memory; {@link #close} ends the reading.
     *
     * @throws TrackerRequestException while iterating, when the response breaks off or is invalid as a whole
     */
    Iterable<ParticipantEntry> participants();

    @Override
    void close();

    /** An entry of the list: the participant, or why it is unusable. */
    sealed interface ParticipantEntry permits EpochParticipant, SkipReason {}

    /** One participant of the running epoch. */
    record EpochParticipant(NodeIdentifier node, NodeCounters counters, NodeStatus status, NodeFacts facts)
            implements ParticipantEntry {}
}
