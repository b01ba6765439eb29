package io.gonkapulse.trackerpoller.trackerapi;

/** Receives participants one by one, so that a large response needs little memory. */
public interface ParticipantSink {

    void participant(EpochParticipant participant);

    /** An entry that is unusable; the others are not affected. */
    void skipped(SkipReason reason);
}
