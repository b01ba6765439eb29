package io.gonkapulse.trackerpoller.trackerapi;

import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a site says of the running epoch: its head is read, its participants can be gone through as often as wanted. */
public interface CurrentEpochResponse extends AutoCloseable {

    long epoch();

    /** When the answer arrived here. */
    Instant fetchedAt();

    /** The moment that it speaks of, never after {@link #fetchedAt}. */
    Instant observedAt();

    /** The block that it speaks of. */
    @Nullable
    Long height();

    NetworkFacts network();

    /**
     * Goes through the participants in the order of the answer, the unusable ones as skipped.
     *
     * @throws TrackerRequestException when the answer breaks off or makes no sense as a whole
     */
    void participants(ParticipantSink sink);

    @Override
    void close();
}
