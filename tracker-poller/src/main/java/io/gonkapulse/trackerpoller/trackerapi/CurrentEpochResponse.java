package io.gonkapulse.trackerpoller.trackerapi;

import io.gonkapulse.contracts.NetworkFacts;
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
     * Passes the participants to the sink in the order of the response, unusable ones as skipped.
     *
     * @throws TrackerRequestException when the response breaks off or is invalid as a whole
     */
    void participants(ParticipantSink sink);

    @Override
    void close();
}
